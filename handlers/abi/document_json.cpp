#include "handlers/abi/document_json.h"

#include <utility>
#include <variant>

#include "handlers/abi/base64.h"
#include "handlers/abi/json_text.h"

namespace votemu::abi {
namespace {

void append(std::string& out, const AttributeValue& value);
void append(std::string& out, const AttributeMap& map);

void append(std::string& out, const std::string& text) {
  append_quoted(out, text);
}
void append(std::string& out, const Number& number) {
  out += number.text;
}
void append(std::string& out, const Binary& binary) {
  append(out, base64_encode(binary.bytes));
}
void append(std::string& out, bool flag) {
  out += flag ? "true" : "false";
}
void append(std::string& out, const Null&) {
  out += "null";
}

template <class Elements>
void append_array(std::string& out, const Elements& elements) {
  out += '[';
  bool first = true;
  for (const auto& element : elements) {
    if (!std::exchange(first, false)) out += ',';
    append(out, element);
  }
  out += ']';
}

void append(std::string& out, const AttributeList& list) {
  append_array(out, list);
}
void append(std::string& out, const StringSet& set) {
  append_array(out, set.elements);
}
void append(std::string& out, const NumberSet& set) {
  append_array(out, set.elements);
}
void append(std::string& out, const BinarySet& set) {
  append_array(out, set.elements);
}

void append(std::string& out, const AttributeMap& map) {
  out += '{';
  bool first = true;
  for (const auto& [name, value] : map) {
    if (!std::exchange(first, false)) out += ',';
    append(out, name);
    out += ':';
    append(out, value);
  }
  out += '}';
}

void append(std::string& out, const AttributeValue& value) {
  std::visit([&out](const auto& alternative) { append(out, alternative); }, value.value);
}

}  // namespace

std::string documents_to_json(const std::vector<Item>& items) {
  std::string out;
  append_array(out, items);
  return out;
}

}  // namespace votemu::abi
