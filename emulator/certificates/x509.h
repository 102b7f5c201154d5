// Certificates as browsers, Node, Python and AWS's own TLS want them (RFC 5280, and the CA/Browser
// Forum's baseline requirements where those ask for less than the tools do).
#pragma once

#include <string>
#include <vector>

#include "certificates/openssl.h"

namespace votemu::certificates {

// On the curve P-256.
Key make_key();

// An authority's own certificate, which signs servers' certificates and nothing else.
Certificate make_authority_certificate(EVP_PKEY& key, std::int64_t now_ms);

// For a server that has these DNS names and IP addresses.
Certificate make_server_certificate(EVP_PKEY& key, const std::vector<std::string>& names,
                                    const X509& authority, EVP_PKEY& authority_key,
                                    std::int64_t now_ms);

}  // namespace votemu::certificates
