// Which bodies an API treats as binary.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace votemu::apigateway {

// Whether a Content-Type's or an Accept header's first media type is among the API's binary ones
// ("image/png", "image/*", "*/*").
bool is_binary_type(const std::vector<std::string>& binary_media_types, std::string_view header);

}  // namespace votemu::apigateway
