// A certificate that somebody else issued.
#pragma once

#include <cstdint>
#include <string>

#include "core/tls_identity.h"

namespace votemu::certificates {

// From a file with the server's certificate and those between it and its CA, and one with its key,
// both in PEM. Throws CertificateError when they cannot serve.
core::TlsIdentity read_own_certificate(const std::string& certificate_path,
                                       const std::string& key_path, std::int64_t now_ms);

}  // namespace votemu::certificates
