// What all TLS connections share: the certificate, the versions, the tickets.
#pragma once

#include <openssl/ssl.h>

#include <memory>

#include "core/tls_identity.h"

namespace votemu::net {

// TLS 1.2 and 1.3, HTTP/1.1 as the only protocol, no renegotiation.
class TlsContext {
 public:
  // Throws std::runtime_error when the identity cannot serve.
  explicit TlsContext(const core::TlsIdentity& identity);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  SSL_CTX* get() const { return context_; }

 private:
  SSL_CTX* context_;
};

}  // namespace votemu::net
