// A certificate that somebody else issued.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/tls_identity.h"

namespace votemu::certificates {

// From a file with the server's certificate and those between it and its CA, and one with its key,
// both in PEM. Throws CertificateError when they cannot serve.
core::TlsIdentity read_own_certificate(const std::string& certificate_path,
                                       const std::string& key_path, std::int64_t now_ms);

// The DNS names that the server's certificate, the first in the text, is for.
std::vector<std::string> names_of_own_certificate(const std::string& certificate_pem);

}  // namespace votemu::certificates
