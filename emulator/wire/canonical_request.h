// SigV4's canonical request: the one spelling of a request that both sides sign.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <string>

#include "wire/sigv4.h"

namespace votemu::wire {

// False when x-amz-content-sha256 says another hash than the body has.
bool payload_is_as_signed(const HttpRequest& request, const Signature& signature);

std::string canonical_request(const HttpRequest& request, const Signature& signature);

}  // namespace votemu::wire
