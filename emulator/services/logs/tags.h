// A request's tags.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/json.h"

namespace votemu::logs {

using Tags = std::map<std::string, std::string, std::less<>>;

// Throws AwsError when it is no map of strings or has too many.
Tags tags_member(const core::Json& request, std::string_view member);

}  // namespace votemu::logs
