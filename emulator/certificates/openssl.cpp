#include "certificates/openssl.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <stdexcept>

namespace votemu::certificates {
namespace {

using Bio = std::unique_ptr<BIO, Release<BIO_free_all>>;
using Names = std::unique_ptr<GENERAL_NAMES, Release<GENERAL_NAMES_free>>;

Bio reading(std::string_view bytes) {
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string written(bool succeeded, BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  if (!succeeded || size <= 0) throw std::runtime_error("a certificate could not be written");
  return {bytes, static_cast<std::size_t>(size)};
}

// OpenSSL would ask at the terminal.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

}  // namespace

std::string to_pem(const X509& certificate) {
  const Bio bio(BIO_new(BIO_s_mem()));
  return written(PEM_write_bio_X509(bio.get(), &certificate) == 1, bio.get());
}

std::string to_pem(const EVP_PKEY& key) {
  const Bio bio(BIO_new(BIO_s_mem()));
  const int done =
      PEM_write_bio_PKCS8PrivateKey(bio.get(), &key, nullptr, nullptr, 0, nullptr, nullptr);
  return written(done == 1, bio.get());
}

std::vector<Certificate> certificates_of(std::string_view pem) {
  const Bio bio = reading(pem);
  std::vector<Certificate> found;
  while (Certificate next{PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr)}) {
    found.push_back(std::move(next));
  }
  const bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!ended) found.clear();
  return found;
}

Key key_of(std::string_view pem) {
  const Bio bio = reading(pem);
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  return key;
}

bool signed_by_itself(X509& certificate) {
  const bool it_is = X509_verify(&certificate, X509_get0_pubkey(&certificate)) == 1;
  ERR_clear_error();
  return it_is;
}

bool belong_together(const X509& certificate, const EVP_PKEY& key) {
  const bool they_do = X509_check_private_key(&certificate, &key) == 1;
  ERR_clear_error();
  return they_do;
}

std::vector<std::string> dns_names(const X509& certificate) {
  std::vector<std::string> found;
  const Names names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const auto* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS) continue;
    const auto* text = name->d.dNSName;
    found.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
                       static_cast<std::size_t>(ASN1_STRING_length(text)));
  }
  ERR_clear_error();
  return found;
}

std::int64_t expiry_ms(const X509& certificate) {
  std::tm time{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &time) != 1) return 0;
  return std::int64_t{timegm(&time)} * 1000;
}

}  // namespace votemu::certificates
