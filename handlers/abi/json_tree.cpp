#include "handlers/abi/json_tree.h"

#include <simdjson.h>

#include <cstdint>
#include <string>

namespace votemu::abi {
namespace {

using Json = nlohmann::json;
using simdjson::dom::element;
using simdjson::dom::element_type;

// simdjson takes some fifteen times the text's size for as long as it parses.
constexpr std::size_t max_fast_bytes = 1'000'000;

// Recurses no deeper than simdjson parses, 1,024 levels.
Json tree_of(const element& value) {
  switch (value.type()) {
    case element_type::OBJECT: {
      const simdjson::dom::object object = value.get_object().value_unsafe();
      Json::object_t members;
      for (const auto field : object) {
        members.insert_or_assign(std::string(field.key), tree_of(field.value));
      }
      return members;
    }
    case element_type::ARRAY: {
      const simdjson::dom::array array = value.get_array().value_unsafe();
      Json::array_t elements;
      for (const element one : array) elements.push_back(tree_of(one));
      return elements;
    }
    case element_type::STRING:
      return std::string(value.get_string().value_unsafe());
    case element_type::INT64: {
      const std::int64_t number = value.get_int64().value_unsafe();
      if (number < 0) return number;
      return static_cast<std::uint64_t>(number);
    }
    case element_type::UINT64:
      return value.get_uint64().value_unsafe();
    case element_type::DOUBLE:
      return value.get_double().value_unsafe();
    case element_type::BOOL:
      return value.get_bool().value_unsafe();
    default:
      return nullptr;
  }
}

}  // namespace

// What simdjson does not take (deeper trees, larger numbers) may be JSON all the same.
nlohmann::json parse_json_tree(std::string_view text) {
  if (text.size() <= max_fast_bytes) {
    simdjson::dom::parser parser;
    element root;
    if (parser.parse(text.data(), text.size()).get(root) == simdjson::SUCCESS) return tree_of(root);
  }
  return Json::parse(text, nullptr, false);
}

}  // namespace votemu::abi
