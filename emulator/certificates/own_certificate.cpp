#include "certificates/own_certificate.h"

#include "certificates/files.h"
#include "certificates/openssl.h"

namespace votemu::certificates {
namespace {

std::string existing(const std::string& path) {
  auto bytes = read_file(path);
  if (!bytes) throw CertificateError(path + ": there is no such file");
  return std::move(*bytes);
}

}  // namespace

core::TlsIdentity read_own_certificate(const std::string& certificate_path,
                                       const std::string& key_path, std::int64_t now_ms) {
  auto certificate_pem = existing(certificate_path);
  auto key_pem = existing(key_path);
  const auto chain = certificates_of(certificate_pem);
  if (chain.empty()) throw CertificateError(certificate_path + ": holds no certificate in PEM");
  const auto key = key_of(key_pem);
  if (!key) throw CertificateError(key_path + ": holds no unencrypted private key in PEM");
  if (!belong_together(*chain.front(), *key)) {
    throw CertificateError(key_path + ": is not the key of the first certificate in " +
                           certificate_path);
  }
  if (expiry_ms(*chain.front()) <= now_ms) {
    throw CertificateError(certificate_path + ": its certificate has expired");
  }
  return {std::move(certificate_pem), std::move(key_pem)};
}

std::vector<std::string> names_of_own_certificate(const std::string& certificate_pem) {
  const auto chain = certificates_of(certificate_pem);
  return chain.empty() ? std::vector<std::string>() : dns_names(*chain.front());
}

}  // namespace votemu::certificates
