// The Query protocol's answers.
#include <algorithm>
#include <cstdint>

#include "wire/aws_query.h"

namespace votemu::wire {
namespace {

using core::AwsError;
using core::Json;

class XmlWriter {
 public:
  void open(std::string_view name) { xml_.append("<").append(name).append(">"); }
  void close(std::string_view name) { xml_.append("</").append(name).append(">"); }
  void text(std::string_view name, std::string_view text) {
    open(name);
    xml_ += escape_xml(text);
    close(name);
  }
  void raw(std::string_view xml) { xml_ += xml; }
  std::string take() { return std::move(xml_); }

 private:
  std::string xml_;
};

void encode_members(XmlWriter& xml, const Shape& shape, const Json& structure);

void encode(XmlWriter& xml, std::string_view name, const Shape& shape, const Json& value) {
  const bool wrapped = !shape.flattened;
  if (shape.kind == ShapeKind::structure) {
    xml.open(name);
    encode_members(xml, shape, value);
    xml.close(name);
  } else if (shape.kind == ShapeKind::list) {
    if (wrapped) xml.open(name);
    for (const auto& element : value)
      encode(xml, wrapped ? "member" : name, *shape.element, element);
    if (wrapped) xml.close(name);
  } else if (shape.kind == ShapeKind::map) {
    if (wrapped) xml.open(name);
    for (const auto& [key, entry] : value.items()) {
      xml.open(wrapped ? "entry" : name);
      xml.text(shape.key_name, key);
      encode(xml, shape.value_name, *shape.element, entry);
      xml.close(wrapped ? "entry" : name);
    }
    if (wrapped) xml.close(name);
  } else {
    xml.text(name,
             value.is_string() ? value.get_ref<const std::string&>() : core::dump_json(value));
  }
}

void encode_members(XmlWriter& xml, const Shape& shape, const Json& structure) {
  for (const auto& member : shape.members) {
    const auto found = structure.find(member.name);
    if (found == structure.end() || found->is_null()) continue;
    encode(xml, member.wire(), *member.shape, *found);
  }
}

std::string root_element(std::string_view name, std::string_view xml_namespace) {
  return "<?xml version=\"1.0\"?><" + std::string(name) + " xmlns=\"" + std::string(xml_namespace) +
         "\">";
}

// The number of bytes of the XML character that the text begins with; 0 when it begins with none.
std::size_t xml_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return first >= 0x20 || first == '\t' || first == '\n' || first == '\r' ? 1 : 0;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (text.size() < size) return 0;
  std::uint32_t code = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0) != 0x80) return 0;
    code = code << 6 | (next & 0x3FU);
  }
  const bool shortest = code >= (size == 2 ? 0x80U : size == 3 ? 0x800U : 0x10000U);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  const bool allowed = !surrogate && code != 0xFFFE && code != 0xFFFF && code <= 0x10FFFF;
  return shortest && allowed ? size : 0;
}

}  // namespace

std::string query_response(const QueryService& service, const OperationShape& operation,
                           const Json& response, std::string_view request_id) {
  const std::string root = std::string(operation.name) + "Response";
  const std::string result = std::string(operation.name) + "Result";
  XmlWriter xml;
  xml.raw(root_element(root, service.xml_namespace));
  if (operation.response) {
    xml.open(result);
    encode_members(xml, *operation.response, response);
    xml.close(result);
  }
  xml.open("ResponseMetadata");
  xml.text("RequestId", request_id);
  xml.close("ResponseMetadata");
  xml.close(root);
  return xml.take();
}

std::string query_error(const QueryService& service, const AwsError& error,
                        std::string_view request_id) {
  const AwsError spelled = service.spell_error ? service.spell_error(error) : error;
  XmlWriter xml;
  xml.raw(root_element("ErrorResponse", service.xml_namespace));
  xml.open("Error");
  xml.text("Type", error.http_status() < 500 ? "Sender" : "Receiver");
  xml.text("Code", spelled.code());
  xml.text("Message", spelled.message());
  if (service.errors_have_detail) xml.raw("<Detail/>");
  xml.close("Error");
  xml.text("RequestId", request_id);
  xml.close("ErrorResponse");
  return xml.take();
}

std::string escape_xml(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = xml_character(text);
    const char first = text[0];
    if (size == 0) {
      escaped += "\xEF\xBF\xBD";
    } else if (first == '&') {
      escaped += "&amp;";
    } else if (first == '<') {
      escaped += "&lt;";
    } else if (first == '>') {
      escaped += "&gt;";
    } else if (first == '"') {
      escaped += "&quot;";
    } else if (first == '\r') {
      escaped += "&#xD;";
    } else {
      escaped += text.substr(0, size);
    }
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return escaped;
}

}  // namespace votemu::wire
