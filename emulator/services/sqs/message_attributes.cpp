#include "services/sqs/message_attributes.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>

#include "core/members.h"
#include "handlers/abi/base64.h"
#include "services/sqs/errors.h"
#include "services/sqs/limits.h"

namespace votemu::sqs {
namespace {

using core::Json;

constexpr std::string_view user_kind = "(user)";
constexpr std::string_view system_kind = "system";

std::string named(std::string_view kind, const std::string& name) {
  return "essage " + std::string(kind) + " attribute '" + name + "'";
}

void check_name(const std::string& name, std::string_view kind) {
  const std::string subject = "Message " + std::string(kind) + " attribute name must ";
  if (name.empty()) {
    throw invalid_parameter("The request must contain non-empty message " + std::string(kind) +
                            " attribute names.");
  }
  if (name.size() > limits::max_attribute_name_length) {
    throw invalid_parameter(subject + "be shorter than 256 bytes.");
  }
  std::string lower = name;
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
    return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
  });
  if (lower.starts_with("aws.") || lower.starts_with("amazon.")) {
    throw invalid_parameter(
        "You can't use message attribute names beginning with 'AWS.' or 'Amazon'. These strings "
        "are "
        "reserved for internal use.");
  }
  if (name.front() == '.') throw invalid_parameter(subject + "not begin with character '.'.");
  if (name.back() == '.') throw invalid_parameter(subject + "not end with character '.'.");
  if (name.find("..") != std::string::npos) {
    throw invalid_parameter(subject + "not have successive '.' characters.");
  }
}

bool is_number(std::string_view text) {
  const auto digits = [&text] {
    const auto end = std::ranges::find_if(text, [](char c) { return c < '0' || c > '9'; });
    const auto count = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(count);
    return count;
  };
  const auto skip = [&text](std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
  };
  skip("+-");
  std::size_t count = digits();
  if (skip(".")) count += digits();
  if (count == 0) return false;
  if (skip("eE")) {
    skip("+-");
    if (digits() == 0) return false;
  }
  return text.empty();
}

bool has_elements(const Json& attribute, std::string_view name) {
  const Json* list = core::array_member(attribute, name);
  return list && !list->empty();
}

std::string checked_type(const Json& attribute, const std::string& name, std::string_view kind) {
  const auto type = core::string_member(attribute, "DataType").value_or("");
  if (type.empty()) {
    throw invalid_parameter("The m" + named(kind, name) +
                            " must contain a non-empty message attribute type.");
  }
  if (type.size() > limits::max_attribute_type_length) {
    throw invalid_parameter("Message " + std::string(kind) +
                            " attribute type must be shorter than 256 bytes.");
  }
  const auto base = type.substr(0, type.find('.'));
  if (base != "String" && base != "Number" && base != "Binary") {
    throw invalid_parameter("The type of m" + named(kind, name) +
                            " is invalid. You must use only the following supported type prefixes: "
                            "Binary, Number, String.");
  }
  return type;
}

void check_text_value(const std::string& value, const std::string& type, const std::string& name,
                      std::string_view kind) {
  if (!is_valid_text(value)) throw invalid_parameter(invalid_message_contents().message());
  if (type.starts_with("Number") && !is_number(value)) {
    throw invalid_parameter("Can't cast the value of m" + named(kind, name) + " to a number.");
  }
}

Json check_attribute(const Json& attribute, const std::string& name, std::string_view kind) {
  if (!attribute.is_object()) throw core::serialization_error("Expected a message attribute");
  if (has_elements(attribute, "StringListValues") || has_elements(attribute, "BinaryListValues")) {
    throw invalid_parameter(
        "Message attribute list values in SendMessage operation are not supported.");
  }
  const auto text = core::string_member(attribute, "StringValue");
  const auto binary = core::string_member(attribute, "BinaryValue");
  if (!text && !binary && !core::find_member(attribute, "DataType")) {
    throw invalid_parameter("The m" + named(kind, name) +
                            " must contain a non-empty message attribute value.");
  }
  const auto type = checked_type(attribute, name, kind);
  if (text && binary)
    throw invalid_parameter("M" + named(kind, name) + " must have a single value.");
  const auto& value = text ? text : binary;
  if (!value || value->empty()) {
    throw invalid_parameter("M" + named(kind, name) + " must contain a non-empty value of type '" +
                            type + "'.");
  }
  const std::string field = type.starts_with("Binary") ? "Binary" : "String";
  if ((field == "Binary") != binary.has_value()) {
    throw invalid_parameter("M" + named(kind, name) + " with type '" + type + "' must use field '" +
                            field + "'.");
  }
  if (text) {
    check_text_value(*text, type, name, kind);
  } else {
    abi::base64_decode(*binary);
  }
  return {{"DataType", type}, {field + "Value", *value}};
}

Json check_attributes(const Json* attributes, std::string_view kind) {
  Json checked;
  if (!attributes) return checked;
  if (attributes->size() > limits::max_message_attributes) {
    throw invalid_parameter("Number of message attributes [" + std::to_string(attributes->size()) +
                            "] exceeds the allowed maximum [10].");
  }
  for (const auto& [name, attribute] : attributes->items()) {
    check_name(name, kind);
    checked[name] = check_attribute(attribute, name, kind);
  }
  return checked;
}

bool is_selected(const std::string& name, const std::vector<std::string>& wanted) {
  return std::ranges::any_of(wanted, [&name](std::string_view pattern) {
    if (pattern == "All" || pattern == "*") return true;
    if (!pattern.ends_with(".*")) return name == pattern;
    pattern.remove_suffix(2);
    return name.starts_with(pattern);
  });
}

// The length of the UTF-8 sequence at the beginning of `text` when it is a character that XML
// allows; 0 when it is not.
std::size_t valid_character(std::string_view text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return first >= 0x20 || first == 0x9 || first == 0xA || first == 0xD ? 1 : 0;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
  std::uint32_t code = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
    code = code << 6 | (byte(i) & 0x3FU);
  }
  constexpr std::uint32_t least_by_size[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < least_by_size[size] || code > 0x10FFFF) return 0;
  if ((code >= 0xD800 && code <= 0xDFFF) || code == 0xFFFE || code == 0xFFFF) return 0;
  return size;
}

constexpr std::size_t word_size = 8;

// Whether the text begins with eight characters of ASCII, none below the space: most texts are made
// of them, and a text is read eight times as fast by them.
bool is_plain(std::string_view text) {
  constexpr std::uint64_t each_byte = 0x0101'0101'0101'0101;
  if (text.size() < word_size) return false;
  std::uint64_t word = 0;
  std::memcpy(&word, text.data(), word_size);
  return ((word | (word - each_byte * ' ')) & (each_byte * 0x80)) == 0;
}

}  // namespace

Json check_message_attributes(const Json* attributes) {
  return check_attributes(attributes, user_kind);
}

Json check_system_attributes(const Json* attributes) {
  if (!attributes) return {};
  for (const auto& [name, attribute] : attributes->items()) {
    if (name != "AWSTraceHeader") {
      throw invalid_parameter("Message system attribute name '" + name + "' is invalid.");
    }
  }
  Json checked = check_attributes(attributes, system_kind);
  for (const auto& [name, attribute] : checked.items()) {
    if (!attribute.contains("StringValue")) {
      throw invalid_parameter("M" + named(system_kind, name) + " must use field 'String'.");
    }
  }
  return checked;
}

std::size_t attribute_bytes(const Json* attributes) {
  std::size_t bytes = 0;
  if (!attributes || !attributes->is_object()) return bytes;
  for (const auto& [name, attribute] : attributes->items()) {
    bytes += name.size();
    if (!attribute.is_object()) continue;
    for (const auto& [part, value] : attribute.items()) {
      if (!value.is_string()) continue;
      const auto& text = value.get_ref<const std::string&>();
      if (part == "BinaryValue") {
        const auto padding = static_cast<std::size_t>(std::ranges::count(text, '='));
        bytes += text.size() / 4 * 3 - std::min(padding, text.size() / 4 * 3);
      } else {
        bytes += text.size();
      }
    }
  }
  return bytes;
}

Json select_attributes(const Json& attributes, const std::vector<std::string>& names) {
  Json selected;
  for (const auto& [name, attribute] : attributes.items()) {
    if (is_selected(name, names)) selected[name] = attribute;
  }
  return selected;
}

bool is_valid_text(std::string_view text) {
  while (!text.empty()) {
    if (is_plain(text)) {
      text.remove_prefix(word_size);
      continue;
    }
    const std::size_t size = valid_character(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

}  // namespace votemu::sqs
