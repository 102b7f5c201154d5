// AWS's Query protocol: forms become members, members become XML. Members that are spelled as a
// form or as XML and read again stay the same; whatever is answered is well-formed XML.
//
// An input is a byte for the service, then a form.
#include <array>
#include <string>

#include "core/aws_error.h"
#include "core/text.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"
#include "wire/aws_query.h"
#include "wire/query_services.h"
#include "wire/rest_xml_bodies.h"
#include "wire/xml_reader.h"

namespace votemu::wire {
namespace {

using core::Json;
using fuzz::require;

std::string form_of(const QueryParameters& parameters) {
  std::string form;
  for (const auto& [name, value] : parameters) {
    form.append(form.empty() ? "" : "&").append(core::percent_encode(name));
    form.append("=").append(core::percent_encode(value));
  }
  return form;
}

// Spells members as parameters, the inverse of what query_request does.
class Spelling {
 public:
  explicit Spelling(QueryParameters& parameters) : parameters_(parameters) {}

  void structure(const Shape& shape, const Json& members, const std::string& prefix) {
    for (const auto& member : shape.members) {
      const auto found = members.find(member.name);
      if (found != members.end()) value(*member.shape, *found, prefix + std::string(member.wire()));
    }
  }

 private:
  void value(const Shape& shape, const Json& json, const std::string& name) {
    // An element of which nothing is known is still there.
    if (json.is_object() && json.empty()) return add(name + ".unknown", "");
    if (shape.kind == ShapeKind::structure) return structure(shape, json, name + ".");
    if (shape.kind == ShapeKind::list) return list(shape, json, name);
    if (shape.kind == ShapeKind::map) return map(shape, json, name);
    add(name, json.is_string() ? json.get_ref<const std::string&>() : core::dump_json(json));
  }

  void list(const Shape& shape, const Json& elements, const std::string& name) {
    if (elements.empty()) return add(name, "");
    const auto prefix = shape.flattened ? name + "." : name + ".member.";
    for (std::size_t i = 0; i < elements.size(); ++i) {
      value(*shape.element, elements[i], prefix + std::to_string(i + 1));
    }
  }

  void map(const Shape& shape, const Json& entries, const std::string& name) {
    const auto prefix = shape.flattened ? name + "." : name + ".entry.";
    std::size_t number = 0;
    for (const auto& [key, entry] : entries.items()) {
      const auto one = prefix + std::to_string(++number) + ".";
      add(one + std::string(shape.key_name), key);
      if (!entry.is_null()) value(*shape.element, entry, one + std::string(shape.value_name));
    }
  }

  void add(const std::string& name, const std::string& text) {
    parameters_.emplace_back(name, text);
  }

  QueryParameters& parameters_;
};

void check_request(const OperationShape& operation, const Json& members) {
  QueryParameters parameters;
  Spelling(parameters).structure(*operation.request, members, "");
  require(query_request(operation, parameters) == members, "members survive a form");
}

// Whether XML holds all of it: no maps, which decode_xml does not know, and texts of characters
// that XML has.
bool xml_holds(const Shape& shape, const Json& value) {
  if (shape.kind == ShapeKind::map) return false;
  if (shape.kind == ShapeKind::structure) {
    if (!value.is_object()) return false;
    for (const auto& member : shape.members) {
      const auto found = value.find(member.name);
      if (found != value.end() && !xml_holds(*member.shape, *found)) return false;
    }
    return true;
  }
  if (shape.kind == ShapeKind::list) {
    if (shape.flattened && value.empty()) return false;
    for (const auto& element : value) {
      if (!xml_holds(*shape.element, element)) return false;
    }
    return true;
  }
  if (!value.is_string()) return value.is_number() || value.is_boolean();
  const auto& text = value.get_ref<const std::string&>();
  return escape_xml(text).find("\xEF\xBF\xBD") == std::string::npos;
}

// As if the request's members were the response's.
void check_response(const QueryService& service, const OperationShape& operation,
                    const Json& members) {
  const OperationShape echo{operation.name, operation.request, operation.request};
  const auto xml = read_xml(query_response(service, echo, members, "id"));
  const auto& result = xml.children.at(0);
  require(result.name == std::string(operation.name) + "Result", "a response has its result");
  if (!xml_holds(*operation.request, members)) return;
  require(decode_xml(*operation.request, result) == members, "members survive XML");
}

// Whatever its message holds.
void check_refusal(const QueryService& service, const core::AwsError& error) {
  const auto xml = read_xml(query_error(service, error, "id"));
  require(xml.name == "ErrorResponse" && xml.children.at(0).children.size() >= 3,
          "an error has its type, code and message");
}

void check_form(const QueryService& service, std::string_view form) {
  try {
    const auto parameters = parse_form(form);
    require(parse_form(form_of(parameters)) == parameters, "parameters survive a form");
    const auto& operation = query_operation(service, parameters);
    const Json members = query_request(operation, parameters);
    check_request(operation, members);
    check_response(service, operation, members);
  } catch (const core::AwsError& error) {
    require(error.code() != "MalformedXML", "what is answered is XML");
    check_refusal(service, core::AwsError(error.code(), std::string(form)));
  }
}

}  // namespace
}  // namespace votemu::wire

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace votemu;
  static const std::array services = {&wire::sqs_query_service(), &wire::sts_query_service(),
                                      &wire::iam_query_service(),
                                      &wire::cloudformation_query_service()};
  fuzz::Input input(data, size);
  const auto& service = *services.at(input.below(services.size()));
  wire::check_form(service, input.rest());
  return 0;
}
