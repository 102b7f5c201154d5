// The parts of a call's path.
#pragma once

#include <string>
#include <string_view>

namespace votemu::apigateway {

// The path that is matched and that the event has: several leading slashes count as one.
inline std::string resource_path(std::string_view path) {
  const auto first = path.find_first_not_of('/');
  if (first == std::string_view::npos) return "/";
  return "/" + std::string(path.substr(first));
}

}  // namespace votemu::apigateway
