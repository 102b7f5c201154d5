#include "core/json.h"

#include <stdexcept>

#include "core/aws_error.h"
#include "handlers/abi/json_text.h"
#include "handlers/abi/json_tree.h"

namespace votemu::core {
namespace {

// Told from the text alone, so that no tree is built of what will be refused. Exact for valid JSON.
bool too_large_a_tree(std::string_view text) {
  int depth = 0;
  std::size_t values = 1;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > max_json_depth) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    } else if (c == ',' && ++values > max_json_values) {
      return true;
    }
  }
  return false;
}

}  // namespace

Json parse_json(std::string_view text) {
  Json value(Json::value_t::discarded);
  if (!too_large_a_tree(text)) value = abi::parse_json_tree(text);
  if (value.is_discarded()) throw serialization_error("Could not parse request body into json");
  return value;
}

Json parse_own_json(std::string_view text) {
  Json value = abi::parse_json_tree(text);
  if (value.is_discarded()) throw std::runtime_error("a JSON text of the store is corrupt");
  return value;
}

std::string dump_json(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_quote(std::string_view text) {
  std::string json;
  abi::append_quoted(json, text);
  return json;
}

}  // namespace votemu::core
