#include "certificates/authority.h"

#include <openssl/x509v3.h>

#include "certificates/files.h"
#include "certificates/limits.h"
#include "certificates/x509.h"

namespace votemu::certificates {
namespace {

[[noreturn]] void damaged(const std::string& path, const std::string& what) {
  throw CertificateError(path + " " + what +
                         "; put the right one back, or delete ca.pem and ca.key to have a new CA "
                         "made, which has to be trusted anew");
}

Certificate read_certificate(const std::string& path, std::string_view pem) {
  auto found = certificates_of(pem);
  if (found.size() != 1) damaged(path, "is damaged: it does not hold one certificate");
  if (X509_check_ca(found.front().get()) != 1) damaged(path, "is not a CA's certificate");
  if (!signed_by_itself(*found.front())) damaged(path, "is damaged: its signature is wrong");
  return std::move(found.front());
}

Key read_key(const std::string& path, const X509& certificate) {
  const auto pem = read_file(path);
  if (!pem) damaged(path, "is missing beside ca.pem");
  auto key = key_of(*pem);
  if (!key) damaged(path, "is damaged: it does not hold a key");
  if (!belong_together(certificate, *key)) damaged(path, "is not the key of ca.pem");
  make_private(path);
  return key;
}

}  // namespace

// The key is written first: without a certificate nobody can trust it yet.
Authority Authority::in_directory(const std::string& directory, std::int64_t now_ms) {
  const std::string certificate_path = directory + "/ca.pem";
  const std::string key_path = directory + "/ca.key";
  if (const auto pem = read_file(certificate_path)) {
    auto certificate = read_certificate(certificate_path, *pem);
    if (now_ms + limits::server_lifetime_ms < expiry_ms(*certificate)) {
      auto key = read_key(key_path, *certificate);
      return {std::move(certificate), std::move(key)};
    }
  }
  auto made = in_memory(now_ms);
  write_file(key_path, to_pem(*made.key_), core::Readable::by_owner);
  write_file(certificate_path, made.certificate(), core::Readable::by_everyone);
  return made;
}

Authority Authority::in_memory(std::int64_t now_ms) {
  auto key = make_key();
  auto certificate = make_authority_certificate(*key, now_ms);
  return {std::move(certificate), std::move(key)};
}

core::TlsIdentity Authority::issue(const std::vector<std::string>& names,
                                   std::int64_t now_ms) const {
  const auto key = make_key();
  const auto certificate = make_server_certificate(*key, names, *certificate_, *key_, now_ms);
  return {to_pem(*certificate), to_pem(*key), expiry_ms(*certificate) - limits::renewal_ms};
}

}  // namespace votemu::certificates
