#include "certificates/x509.h"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "certificates/host_names.h"
#include "certificates/limits.h"
#include "core/digest.h"

namespace votemu::certificates {
namespace {

void check(bool succeeded) {
  if (succeeded) return;
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
  ERR_clear_error();
  throw std::runtime_error("a certificate could not be made: " + std::string(reason.data()));
}

std::string random_bytes(std::size_t size) {
  std::string bytes(size, '\0');
  check(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size)) == 1);
  return bytes;
}

// Positive, and of the same length always: the first byte is neither 0 nor has the sign.
void set_random_serial(X509& certificate) {
  std::string bytes = random_bytes(16);
  bytes[0] = static_cast<char>((bytes[0] & 0x3f) | 0x40);
  using Number = std::unique_ptr<BIGNUM, Release<BN_free>>;
  const Number number(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                                static_cast<int>(bytes.size()), nullptr));
  check(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)));
}

void set_lifetime(X509& certificate, std::int64_t now_ms, std::int64_t lifetime_ms) {
  const auto seconds = [](std::int64_t time_ms) { return static_cast<time_t>(time_ms / 1000); };
  check(ASN1_TIME_set(X509_getm_notBefore(&certificate), seconds(now_ms - limits::backdating_ms)));
  check(ASN1_TIME_set(X509_getm_notAfter(&certificate), seconds(now_ms + lifetime_ms)));
}

void add_to_name(X509_NAME* name, const char* type, const std::string& value) {
  check(X509_NAME_add_entry_by_txt(name, type, MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(value.data()),
                                   static_cast<int>(value.size()), -1, 0) == 1);
}

void set_subject(X509& certificate, const std::string& common_name) {
  X509_NAME* name = X509_get_subject_name(&certificate);
  add_to_name(name, "O", "votemu");
  add_to_name(name, "CN", common_name);
}

void add_extension(X509& certificate, const X509& issuer, int id, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, const_cast<X509*>(&issuer), &certificate, nullptr, nullptr, 0);
  using Extension = std::unique_ptr<X509_EXTENSION, Release<X509_EXTENSION_free>>;
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, id, value.c_str()));
  check(extension && X509_add_ext(&certificate, extension.get(), -1) == 1);
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) {
    text += (text.empty() ? "" : ",") + std::string(is_ip_address(name) ? "IP:" : "DNS:") + name;
  }
  return text;
}

Certificate begin_certificate(EVP_PKEY& key, std::int64_t now_ms, std::int64_t lifetime_ms) {
  Certificate certificate(X509_new());
  check(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  set_random_serial(*certificate);
  set_lifetime(*certificate, now_ms, lifetime_ms);
  check(X509_set_pubkey(certificate.get(), &key) == 1);
  return certificate;
}

void sign(X509& certificate, EVP_PKEY& key) {
  check(X509_sign(&certificate, &key, EVP_sha256()) > 0);
}

}  // namespace

Key make_key() {
  Key key(EVP_EC_gen("P-256"));
  check(key != nullptr);
  return key;
}

// Its name is its own: where several are trusted, software that looks for an issuer by name finds
// the right one.
Certificate make_authority_certificate(EVP_PKEY& key, std::int64_t now_ms) {
  auto certificate = begin_certificate(key, now_ms, limits::authority_lifetime_ms);
  auto& self = *certificate;
  set_subject(self, "votemu local CA " + core::hex(random_bytes(4)));
  check(X509_set_issuer_name(&self, X509_get_subject_name(&self)) == 1);
  add_extension(self, self, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(self, self, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(self, self, NID_subject_key_identifier, "hash");
  add_extension(self, self, NID_authority_key_identifier, "keyid:always");
  sign(self, key);
  return certificate;
}

Certificate make_server_certificate(EVP_PKEY& key, const std::vector<std::string>& names,
                                    const X509& authority, EVP_PKEY& authority_key,
                                    std::int64_t now_ms) {
  auto certificate = begin_certificate(key, now_ms, limits::server_lifetime_ms);
  auto& self = *certificate;
  set_subject(self, "localhost");
  check(X509_set_issuer_name(&self, X509_get_subject_name(&authority)) == 1);
  add_extension(self, authority, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(self, authority, NID_key_usage, "critical,digitalSignature");
  add_extension(self, authority, NID_ext_key_usage, "serverAuth");
  add_extension(self, authority, NID_subject_key_identifier, "hash");
  add_extension(self, authority, NID_authority_key_identifier, "keyid:always");
  add_extension(self, authority, NID_subject_alt_name, alternative_names(names));
  sign(self, authority_key);
  return certificate;
}

}  // namespace votemu::certificates
