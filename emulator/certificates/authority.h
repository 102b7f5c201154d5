// The local CA: whoever trusts it trusts this votemu's certificate, at every later start too.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "certificates/openssl.h"
#include "core/tls_identity.h"

namespace votemu::certificates {

class Authority {
 public:
  // Takes up the directory's ca.pem and ca.key, or makes them when there are none or when what they
  // issue would outlast them. Throws CertificateError when they are damaged: only a person can tell
  // who trusts them.
  static Authority in_directory(const std::string& directory, std::int64_t now_ms);

  // Is kept nowhere.
  static Authority in_memory(std::int64_t now_ms);

  // Its own certificate, in PEM.
  std::string certificate() const { return to_pem(*certificate_); }

  // A server's new key with the certificate for these names, which are host names.
  core::TlsIdentity issue(const std::vector<std::string>& names, std::int64_t now_ms) const;

 private:
  Authority(Certificate certificate, Key key)
      : certificate_(std::move(certificate)), key_(std::move(key)) {}

  Certificate certificate_;
  Key key_;
};

}  // namespace votemu::certificates
