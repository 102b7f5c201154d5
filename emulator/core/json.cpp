#include "core/json.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <stdexcept>
#include <utility>

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

// What holds fewer brackets than may be nested needs no closer look.
bool may_be_too_large_a_tree(std::string_view text) {
  if (text.size() > max_json_values) return true;
  int brackets = 0;
  for (const char open : {'{', '['}) {
    for (auto at = text.find(open); at != text.npos; at = text.find(open, at + 1)) {
      if (++brackets > max_json_depth) return true;
    }
  }
  return false;
}

void append_json(std::string& text, const Json& value);

template <class Integer>
void append_integer(std::string& text, Integer number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
  text.append(digits.begin(), end);
}

void append_object(std::string& text, const Json::object_t& object) {
  char before = '{';
  for (const auto& [name, member] : object) {
    text.push_back(std::exchange(before, ','));
    abi::append_quoted(text, name);
    text.push_back(':');
    append_json(text, member);
  }
  text.append(object.empty() ? "{}" : "}");
}

void append_array(std::string& text, const Json::array_t& array) {
  char before = '[';
  for (const auto& element : array) {
    text.push_back(std::exchange(before, ','));
    append_json(text, element);
  }
  text.append(array.empty() ? "[]" : "]");
}

void append_json(std::string& text, const Json& value) {
  switch (value.type()) {
    case Json::value_t::object:
      return append_object(text, value.get_ref<const Json::object_t&>());
    case Json::value_t::array:
      return append_array(text, value.get_ref<const Json::array_t&>());
    case Json::value_t::string:
      return abi::append_quoted(text, value.get_ref<const std::string&>());
    case Json::value_t::number_integer:
      return append_integer(text, value.get<std::int64_t>());
    case Json::value_t::number_unsigned:
      return append_integer(text, value.get<std::uint64_t>());
    default:
      text.append(value.dump());  // the shortest text that is read as the same double
  }
}

}  // namespace

Json parse_json(std::string_view text) {
  Json value(Json::value_t::discarded);
  if (!may_be_too_large_a_tree(text) || !too_large_a_tree(text)) value = abi::parse_json_tree(text);
  if (value.is_discarded()) throw serialization_error("Could not parse request body into json");
  return value;
}

Json parse_json_object(std::string_view text) {
  if (text.empty()) return Json::object();
  auto members = parse_json(text);
  if (members.is_object()) return members;
  throw serialization_error("Start of structure or map found where not expected.");
}

Json parse_own_json(std::string_view text) {
  Json value = abi::parse_json_tree(text);
  if (value.is_discarded()) throw std::runtime_error("a JSON text of the store is corrupt");
  return value;
}

std::string dump_json(const Json& value) {
  std::string text;
  append_json(text, value);
  return text;
}

std::string json_quote(std::string_view text) {
  std::string json;
  abi::append_quoted(json, text);
  return json;
}

}  // namespace votemu::core
