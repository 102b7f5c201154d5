#include "app/tls_certificate.h"

#include <algorithm>

#include "certificates/host_names.h"
#include "certificates/own_certificate.h"
#include "net/tls_context.h"

namespace votemu::app {
namespace {

std::vector<std::string> names_of(const Config& config) {
  auto names = certificates::names_of_this_machine();
  names.insert(names.end(), config.hostnames.begin(), config.hostnames.end());
  for (const auto& address : config.hosts) {
    const bool every = address == "0.0.0.0" || address == "::";
    if (!every && std::ranges::find(names, address) == names.end()) names.push_back(address);
  }
  return names;
}

}  // namespace

TlsCertificate::TlsCertificate(const Config& config, const core::Clock& clock)
    : clock_(clock), names_(names_of(config)) {
  if (!config.tls_certificate_file.empty()) {
    own_ = certificates::read_own_certificate(config.tls_certificate_file, config.tls_key_file,
                                              clock.now_ms());
    std::ranges::move(certificates::names_of_own_certificate(own_->certificate_chain),
                      std::back_inserter(names_));
    net::TlsContext{*own_};  // a key that is too short is refused here
  } else if (config.store.durability != core::Durability::memory) {
    authority_ = certificates::Authority::in_directory(config.store.data_directory, clock.now_ms());
  }
}

core::TlsIdentity TlsCertificate::identity() {
  if (own_) return *own_;
  return local_authority().issue(names_, clock_.now_ms());
}

std::optional<std::string> TlsCertificate::authority() {
  if (own_) return std::nullopt;
  return local_authority().certificate();
}

// One in memory is made when somebody asks: most tests never do.
certificates::Authority& TlsCertificate::local_authority() {
  if (!authority_) authority_ = certificates::Authority::in_memory(clock_.now_ms());
  return *authority_;
}

}  // namespace votemu::app
