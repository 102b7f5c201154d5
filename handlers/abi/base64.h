// Base64 with padding, RFC 4648 section 4.
#pragma once

#include <string>
#include <string_view>

namespace votemu::abi {

std::string base64_encode(std::string_view bytes);

// Throws AwsError SerializationException with AWS's texts when the text is malformed.
std::string base64_decode(std::string_view text);

}  // namespace votemu::abi
