// The certificate with which the port serves TLS: the local CA's, or one's own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/config.h"
#include "certificates/authority.h"
#include "core/clock.h"
#include "core/tls_identity.h"

namespace votemu::app {

class TlsCertificate {
 public:
  // The data directory is claimed. Throws std::runtime_error when a file of the CA's, or one's own,
  // cannot serve.
  TlsCertificate(const Config& config, const core::Clock& clock);

  core::TlsIdentity identity();

  // The names under which this process is called: the certificate's and those of --hostname.
  const std::vector<std::string>& names() const { return names_; }

  // The CA's own certificate, in PEM; nullopt when somebody else's CA issued ours.
  std::optional<std::string> authority();

 private:
  certificates::Authority& local_authority();

  const core::Clock& clock_;
  std::vector<std::string> names_;
  std::optional<core::TlsIdentity> own_;
  std::optional<certificates::Authority> authority_;
};

}  // namespace votemu::app
