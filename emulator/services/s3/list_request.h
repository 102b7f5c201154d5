// What lists of objects, of versions and of uploads have in common.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"

namespace votemu::s3 {

struct ListRequest {
  std::string prefix;
  std::string delimiter;
  std::size_t most = 0;
  bool url_encoded = false;  // EncodingType "url": names in the answer are percent-encoded

  // Throws InvalidArgument. `limit_member` is "MaxKeys", "MaxUploads".
  static ListRequest from(const core::Json& request, const char* limit_member);

  // As the answer has it.
  std::string spelled(std::string_view name) const;
  // The name up to the first delimiter behind the prefix, if there is one: what is told instead of
  // everything that begins so.
  std::optional<std::string> common_prefix(std::string_view name) const;
  // Prefix, Delimiter, EncodingType and the limit, as every answer repeats them.
  core::Json echoed(const char* limit_member) const;
};

// The first name behind all that begin with the prefix; "" when there can be none.
std::string after_all(std::string prefix);

}  // namespace votemu::s3
