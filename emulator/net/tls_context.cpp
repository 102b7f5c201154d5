#include "net/tls_context.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

namespace votemu::net {
namespace {

[[noreturn]] void fail(const std::string& what) {
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_peek_last_error(), reason.data(), reason.size());
  ERR_clear_error();
  throw std::runtime_error(what + ": " + reason.data());
}

using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

Bio reading(const std::string& bytes) {
  return {BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), &BIO_free_all};
}

void use_chain(SSL_CTX* context, const std::string& pem) {
  const Bio bio = reading(pem);
  bool first = true;
  while (X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    const auto used = first ? SSL_CTX_use_certificate(context, certificate)
                            : SSL_CTX_add1_chain_cert(context, certificate);
    X509_free(certificate);
    if (used != 1) fail("the TLS certificate cannot be used");
    first = false;
  }
  if (first) fail("the TLS certificate cannot be read");
  ERR_clear_error();
}

void use_key(SSL_CTX* context, const std::string& pem) {
  const Bio bio = reading(pem);
  EVP_PKEY* key = PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr);
  const bool used = key && SSL_CTX_use_PrivateKey(context, key) == 1;
  EVP_PKEY_free(key);
  if (!used) fail("the TLS key cannot be used");
}

// RFC 7301: a client that asks for other protocols only is told so.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  constexpr std::string_view http = "http/1.1";
  for (unsigned int at = 0; at < offered_size; at += offered[at] + 1U) {
    const std::string_view name(reinterpret_cast<const char*>(offered + at + 1), offered[at]);
    if (name != http) continue;
    *chosen = offered + at + 1;
    *chosen_size = offered[at];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

TlsContext::TlsContext(const core::TlsIdentity& identity)
    : context_(SSL_CTX_new(TLS_server_method())) {
  if (!context_) fail("TLS cannot be served");
  try {
    use_chain(context_, identity.certificate_chain);
    use_key(context_, identity.private_key);
  } catch (...) {
    SSL_CTX_free(context_);
    throw;
  }
  SSL_CTX_set_min_proto_version(context_, TLS1_2_VERSION);
  SSL_CTX_set_options(context_, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  // What a write could not send it takes back; an idle connection keeps no buffers.
  SSL_CTX_set_mode(context_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                 SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_read_ahead(context_, 1);
  // Clients keep their sessions themselves, in tickets.
  SSL_CTX_set_session_cache_mode(context_, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context_, 1);
  SSL_CTX_set_alpn_select_cb(context_, choose_protocol, nullptr);
}

TlsContext::~TlsContext() {
  SSL_CTX_free(context_);
}

}  // namespace votemu::net
