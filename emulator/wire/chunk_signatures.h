// The signatures of a body that is signed chunk by chunk, each over the one before it.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
#pragma once

#include <string_view>

#include "wire/http.h"
#include "wire/sigv4.h"

namespace votemu::wire {

// True for a body that is not signed so. Throws AwsError IncompleteBody when the coding is broken.
bool chunks_are_as_signed(const HttpRequest& request, const Signature& signature,
                          std::string_view signing_key);

}  // namespace votemu::wire
