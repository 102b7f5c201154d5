// Certificates and keys as OpenSSL's objects, and to and from PEM.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace votemu::certificates {

template <auto release>
struct Release {
  template <class Object>
  void operator()(Object* object) const {
    release(object);
  }
};

using Certificate = std::unique_ptr<X509, Release<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;

std::string to_pem(const X509& certificate);
std::string to_pem(const EVP_PKEY& key);

// Every certificate in the text, in order; none when one of them is damaged.
std::vector<Certificate> certificates_of(std::string_view pem);
// nullptr when there is none that can be read without a passphrase.
Key key_of(std::string_view pem);

bool signed_by_itself(X509& certificate);
bool belong_together(const X509& certificate, const EVP_PKEY& key);

// The DNS names that it is for.
std::vector<std::string> dns_names(const X509& certificate);

// Milliseconds since the Unix epoch.
std::int64_t expiry_ms(const X509& certificate);

}  // namespace votemu::certificates
