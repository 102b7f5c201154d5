#include "wire/rest_xml_bodies.h"

#include <charconv>

namespace votemu::wire {
namespace {

using core::Json;

Json decode_integer(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) throw malformed_xml();
  return number;
}

Json decode_boolean(std::string_view text) {
  if (text != "true" && text != "false") throw malformed_xml();
  return text == "true";
}

Json decode_structure(const Shape& shape, const XmlElement& element) {
  Json structure = Json::object();
  for (const auto& member : shape.members) {
    for (const auto& child : element.children) {
      if (child.name != member.wire()) continue;
      auto& value = structure[std::string(member.name)];
      if (member.shape->kind == ShapeKind::list && member.shape->flattened) {
        value.push_back(decode_xml(*member.shape->element, child));
      } else {
        value = decode_xml(*member.shape, child);
      }
    }
  }
  return structure;
}

void append(std::string& xml, std::string_view name, const Shape& shape, const Json& value);

void append_members(std::string& xml, const Shape& shape, const Json& structure) {
  for (const auto& member : shape.members) {
    const auto found = structure.find(member.name);
    if (found == structure.end() || found->is_null()) continue;
    append(xml, member.wire(), *member.shape, *found);
  }
}

void append_content(std::string& xml, const Shape& shape, const Json& value) {
  if (shape.kind == ShapeKind::structure) {
    append_members(xml, shape, value);
  } else if (shape.kind == ShapeKind::list) {
    for (const auto& element : value) append(xml, shape.element_name, *shape.element, element);
  } else if (!value.is_null()) {
    xml += escape_xml(value.is_string() ? value.get_ref<const std::string&>()
                                        : core::dump_json(value));
  }
}

// A name may bring its element's attributes along: `Grantee xsi:type="…"`.
void append(std::string& xml, std::string_view name, const Shape& shape, const Json& value) {
  if (shape.kind == ShapeKind::list && shape.flattened) {
    for (const auto& element : value) append(xml, name, *shape.element, element);
    return;
  }
  xml.append("<").append(name).append(">");
  append_content(xml, shape, value);
  xml.append("</").append(name.substr(0, name.find(' '))).append(">");
}

}  // namespace

// The reader bounds the depth of the elements.
Json decode_xml(const Shape& shape, const XmlElement& element) {
  if (shape.kind == ShapeKind::structure) return decode_structure(shape, element);
  if (shape.kind == ShapeKind::integer) return decode_integer(element.text);
  if (shape.kind == ShapeKind::boolean) return decode_boolean(element.text);
  if (shape.kind != ShapeKind::list) return element.text;
  Json list = Json::array();
  for (const auto& child : element.children) {
    if (child.name == shape.element_name) list.push_back(decode_xml(*shape.element, child));
  }
  return list;
}

std::string encode_xml(std::string_view root, const Shape& shape, const Json& value) {
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  append(xml, std::string(root) + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"", shape,
         value);
  return xml;
}

}  // namespace votemu::wire
