#include "handlers/abi/json_tree.h"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "handlers/abi/json_reader.h"

namespace votemu::abi {
namespace {

using Json = nlohmann::json;

template <class Integer>
bool is_integer(std::string_view text, Integer& value) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

// What is no integer of 64 bits is a double, as long as it is finite.
Json number_of(std::string_view text) {
  std::int64_t negative = 0;
  if (text.front() == '-' && is_integer(text, negative)) return negative;
  std::uint64_t positive = 0;
  if (is_integer(text, positive)) return positive;
  const double number = std::strtod(std::string(text).c_str(), nullptr);
  if (!std::isfinite(number)) throw JsonError("a number is too large");
  return number;
}

Json read_tree(JsonReader& reader) {
  switch (reader.next()) {
    case JsonReader::Kind::object: {
      Json::object_t members;
      reader.object([&](std::string_view name) {
        Json& member = members[std::string(name)];
        member = read_tree(reader);
      });
      return members;
    }
    case JsonReader::Kind::array: {
      Json::array_t elements;
      reader.array([&] { elements.push_back(read_tree(reader)); });
      return elements;
    }
    case JsonReader::Kind::string:
      return reader.string();
    case JsonReader::Kind::number:
      return number_of(reader.number());
    case JsonReader::Kind::boolean:
      return reader.boolean();
    case JsonReader::Kind::null:
      reader.null();
      return nullptr;
  }
  return nullptr;
}

}  // namespace

Json parse_json_tree(std::string_view text) {
  try {
    JsonReader reader(text);
    Json tree = read_tree(reader);
    reader.end();
    return tree;
  } catch (const JsonTooDeep&) {
    return Json::parse(text, nullptr, false);  // which does not recurse
  } catch (const JsonError&) {
    return Json(Json::value_t::discarded);
  }
}

}  // namespace votemu::abi
