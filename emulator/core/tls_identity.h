// What a TLS server shows of itself, and proves.
#pragma once

#include <cstdint>
#include <limits>
#include <string>

namespace votemu::core {

struct TlsIdentity {
  std::string certificate_chain;  // PEM: the server's own certificate first
  std::string private_key;        // PEM, not encrypted
  // Milliseconds since the Unix epoch from which on another should be shown.
  std::int64_t renew_at_ms = std::numeric_limits<std::int64_t>::max();
};

}  // namespace votemu::core
