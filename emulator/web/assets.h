// The vote page, as bytes inside the program: what is served at "/" and below "/_votemu/web/".
#pragma once

#include <span>
#include <string_view>

namespace votemu::web {

struct Asset {
  std::string_view path;          // absolute, "/" or "/_votemu/web/NAME"
  std::string_view content_type;  // with its charset
  std::string_view body;
  std::string_view etag;  // strong, in its quotes (RFC 9110 8.8.3); stands for this body only
};

// The asset at exactly this path (no query), or nullptr.
const Asset* find_asset(std::string_view path);

// All of them; "/" comes first. They live as long as the process.
std::span<const Asset> assets();

}  // namespace votemu::web
