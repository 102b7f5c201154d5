// A request as a fuzzer writes it: "POST /path?query", a line for each header field, an empty line,
// the body. Lines end with '\n'.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "wire/http.h"

namespace votemu::fuzz {

// What stands before the separator, taken off the text with it.
inline std::string_view take_until(std::string_view& text, char separator) {
  const auto taken = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(taken.size() + 1, text.size()));
  return taken;
}

inline wire::HttpRequest http_request(std::string_view text) {
  wire::HttpRequest request;
  request.method = take_until(text, ' ');
  request.target = take_until(text, '\n');
  if (!request.target.starts_with('/')) request.target.insert(0, "/");
  while (!text.empty()) {
    auto line = take_until(text, '\n');
    if (line.empty()) break;
    const auto name = take_until(line, ':');
    request.headers.add(name, line.substr(std::min(line.find_first_not_of(' '), line.size())));
  }
  request.body = text;
  return request;
}

}  // namespace votemu::fuzz
