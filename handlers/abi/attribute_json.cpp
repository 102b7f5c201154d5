#include "handlers/abi/attribute_json.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "handlers/abi/aws_error.h"
#include "handlers/abi/base64.h"
#include "handlers/abi/json_text.h"

namespace votemu::abi {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 10> type_names = {"S", "N", "B",  "BOOL", "NULL",
                                                         "M", "L", "SS", "NS",   "BS"};
// What the texts of values begin with, in the same order.
constexpr std::array<std::string_view, 10> openings = {
    R"({"S":)", R"({"N":)", R"({"B":)",  R"({"BOOL":)", R"({"NULL":)",
    R"({"M":)", R"({"L":)", R"({"SS":)", R"({"NS":)",   R"({"BS":)"};

AwsError invalid(const std::string& message) {
  return AwsError("ValidationException", message);
}

AwsError malformed(const std::string& message) {
  return AwsError("SerializationException", message);
}

[[noreturn]] void refuse(const Json& json, const std::string& expected) {
  if (json.is_array()) throw malformed("Start of list found where not expected");
  if (json.is_object()) throw malformed("Start of structure or map found where not expected.");
  std::string token = "NULL_VALUE";
  if (json.is_string()) token = "STRING_VALUE";
  if (json.is_boolean()) token = json.get<bool>() ? "TRUE_VALUE" : "FALSE_VALUE";
  if (json.is_number()) token = json.is_number_float() ? "DECIMAL_VALUE" : "NUMBER_VALUE";
  throw malformed(token + " cannot be converted to " + expected);
}

const std::string& string_of(const Json& json) {
  if (!json.is_string()) refuse(json, "String");
  return json.get_ref<const std::string&>();
}

Binary binary_of(const Json& json) {
  if (!json.is_string()) refuse(json, "ByteBuffer");
  return {base64_decode(json.get_ref<const std::string&>())};
}

const Json& list_of(const Json& json) {
  if (json.is_object()) refuse(json, "List");
  if (!json.is_array()) throw malformed("Unexpected field type");
  return json;
}

const Json& map_of(const Json& json) {
  if (json.is_array()) refuse(json, "Map");
  if (!json.is_object()) throw malformed("Unexpected field type");
  return json;
}

bool is_type_name(std::string_view name) {
  return std::find(type_names.begin(), type_names.end(), name) != type_names.end();
}

AttributeValue decode(const Json& json, int depth);

AttributeMap decode_map(const Json& json, int depth) {
  AttributeMap map;
  for (const auto& [name, element] : map_of(json).get_ref<const Json::object_t&>()) {
    map.emplace_hint(map.end(), name, decode(element, depth));
  }
  return map;
}

AttributeList decode_list(const Json& json, int depth) {
  AttributeList list;
  for (const auto& element : list_of(json)) list.push_back(decode(element, depth));
  return list;
}

bool bool_of(const Json& json) {
  if (!json.is_boolean()) throw malformed("Unexpected token received from parser");
  return json.get<bool>();
}

AttributeValue decode_typed(std::string_view type, const Json& json, int depth) {
  if (type == "S") return string_of(json);
  if (type == "N") return Number{string_of(json)};
  if (type == "B") return binary_of(json);
  if (type == "BOOL") return bool_of(json);
  if (type == "M") return decode_map(json, depth + 1);
  if (type == "L") return decode_list(json, depth + 1);
  if (type == "NULL") {
    if (bool_of(json)) return Null{};
    throw invalid(
        "One or more parameter values were invalid: Null attribute value types must have the value "
        "of true");
  }
  StringSet strings;
  NumberSet numbers;
  BinarySet binaries;
  for (const auto& element : list_of(json)) {
    if (type == "SS") strings.elements.push_back(string_of(element));
    if (type == "NS") numbers.elements.push_back({string_of(element)});
    if (type == "BS") binaries.elements.push_back(binary_of(element));
  }
  if (type == "SS") return strings;
  if (type == "NS") return numbers;
  return binaries;
}

AttributeValue decode(const Json& json, int depth) {
  if (depth > max_attribute_depth) {
    throw invalid(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels "
        "beyond supported limit");
  }
  if (json.is_array()) refuse(json, "AttributeValue");
  if (!json.is_object()) throw malformed("Unexpected value type in payload");
  std::string_view type;
  const Json* content = nullptr;
  for (const auto& [name, member] : json.get_ref<const Json::object_t&>()) {
    if (member.is_null() || !is_type_name(name)) continue;
    if (content != nullptr) {
      throw invalid(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of "
          "the supported datatypes");
    }
    type = name;
    content = &member;
  }
  if (content == nullptr) {
    throw invalid(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  }
  return decode_typed(type, *content, depth);
}

template <class Elements, class Append>
void append_list(std::string& text, const Elements& elements, Append append) {
  text.push_back('[');
  bool first = true;
  for (const auto& element : elements) {
    if (!std::exchange(first, false)) text.push_back(',');
    append(element);
  }
  text.push_back(']');
}

struct ContentWriter {
  std::string& text;

  void operator()(const std::string& value) const { append_quoted(text, value); }
  void operator()(const Number& value) const { append_quoted(text, value.text); }
  void operator()(const Binary& value) const { append_quoted(text, base64_encode(value.bytes)); }
  void operator()(bool value) const { text += value ? "true" : "false"; }
  void operator()(const Null&) const { text += "true"; }
  void operator()(const AttributeMap& value) const { append_attributes_json(text, value); }
  void operator()(const AttributeList& value) const {
    append_list(text, value, [&](const auto& element) { append_attribute_json(text, element); });
  }
  void operator()(const StringSet& value) const {
    append_list(text, value.elements, [&](const auto& element) { (*this)(element); });
  }
  void operator()(const NumberSet& value) const {
    append_list(text, value.elements, [&](const auto& element) { (*this)(element); });
  }
  void operator()(const BinarySet& value) const {
    append_list(text, value.elements, [&](const auto& element) { (*this)(element); });
  }
};

struct ContentBuilder {
  Json operator()(const std::string& value) const { return value; }
  Json operator()(const Number& value) const { return value.text; }
  Json operator()(const Binary& value) const { return base64_encode(value.bytes); }
  Json operator()(bool value) const { return value; }
  Json operator()(const Null&) const { return true; }
  Json operator()(const AttributeMap& value) const { return attributes_to_json(value); }
  Json operator()(const AttributeList& value) const {
    Json list = Json::array();
    for (const auto& element : value) list.push_back(attribute_to_json(element));
    return list;
  }
  Json operator()(const StringSet& value) const { return value.elements; }
  Json operator()(const NumberSet& value) const {
    Json list = Json::array();
    for (const auto& element : value.elements) list.push_back(element.text);
    return list;
  }
  Json operator()(const BinarySet& value) const {
    Json list = Json::array();
    for (const auto& element : value.elements) list.push_back(base64_encode(element.bytes));
    return list;
  }
};

}  // namespace

std::string_view attribute_type_name(const AttributeValue& value) {
  return type_names[value.value.index()];
}

AttributeValue attribute_from_json(const Json& json) {
  return canonical_attribute(decode(json, 0));
}

AttributeMap attributes_from_json(const Json& json) {
  return canonical_attributes(decode_map(json, 0));
}

Json attribute_to_json(const AttributeValue& value) {
  Json json = Json::object();
  json[std::string(attribute_type_name(value))] = std::visit(ContentBuilder{}, value.value);
  return json;
}

Json attributes_to_json(const AttributeMap& attributes) {
  Json json = Json::object();
  for (const auto& [name, value] : attributes) json[name] = attribute_to_json(value);
  return json;
}

void append_attribute_json(std::string& text, const AttributeValue& value) {
  text.append(openings[value.value.index()]);
  std::visit(ContentWriter{text}, value.value);
  text.push_back('}');
}

void append_attributes_json(std::string& text, const AttributeMap& attributes) {
  text.push_back('{');
  bool first = true;
  for (const auto& [name, value] : attributes) {
    if (!std::exchange(first, false)) text.push_back(',');
    append_quoted(text, name);
    text.push_back(':');
    append_attribute_json(text, value);
  }
  text.push_back('}');
}

}  // namespace votemu::abi
