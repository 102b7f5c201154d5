#include "wire/xml_reader.h"

#include <expat.h>

#include <memory>

#include "wire/limits.h"

namespace votemu::wire {
namespace {

struct Reader {
  XML_Parser parser;
  XmlElement document;
  std::vector<XmlElement*> open{&document};
  std::size_t elements = 0;

  // expat is C: nothing may be thrown through it.
  void stop() { XML_StopParser(parser, XML_FALSE); }
};

void start_element(void* data, const XML_Char* name, const XML_Char**) {
  auto& reader = *static_cast<Reader*>(data);
  if (++reader.elements > limits::max_xml_elements || reader.open.size() > limits::max_xml_depth) {
    return reader.stop();
  }
  std::string_view local(name);
  local.remove_prefix(local.rfind(':') + 1);
  auto& siblings = reader.open.back()->children;
  reader.open.push_back(&siblings.emplace_back(XmlElement{std::string(local), {}, {}}));
}

void end_element(void* data, const XML_Char*) {
  static_cast<Reader*>(data)->open.pop_back();
}

void character_data(void* data, const XML_Char* text, int size) {
  static_cast<Reader*>(data)->open.back()->text.append(text, static_cast<std::size_t>(size));
}

void start_document_type(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  static_cast<Reader*>(data)->stop();
}

}  // namespace

core::AwsError malformed_xml() {
  return core::AwsError("MalformedXML",
                        "The XML you provided was not well-formed or did not validate against our "
                        "published schema");
}

XmlElement read_xml(std::string_view text) {
  if (text.size() > limits::max_xml_bytes) throw malformed_xml();
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate("UTF-8"), XML_ParserFree);
  if (!parser) throw std::bad_alloc();
  Reader reader{parser.get(), {}};
  XML_SetUserData(parser.get(), &reader);
  XML_SetElementHandler(parser.get(), start_element, end_element);
  XML_SetCharacterDataHandler(parser.get(), character_data);
  XML_SetStartDoctypeDeclHandler(parser.get(), start_document_type);
  if (XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE) !=
      XML_STATUS_OK) {
    throw malformed_xml();
  }
  return std::move(reader.document.children.front());
}

}  // namespace votemu::wire
