// Tags as S3 has them: [{"Key", "Value"}].
#pragma once

#include <string_view>

#include "core/json.h"

namespace votemu::s3 {

// The TagSet of a Tagging structure. Throws MalformedXML, InvalidTag, BadRequest.
core::Json checked_tag_set(const core::Json& tagging, std::size_t most);

// "team=blue&stage=dev", as the x-amz-tagging header has it. Throws InvalidArgument, InvalidTag,
// BadRequest.
core::Json parse_tag_header(std::string_view text, std::size_t most);

}  // namespace votemu::s3
