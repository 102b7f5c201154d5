// AWS's Query protocol: form parameters in, XML out, as pure functions over shape tables.
// https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
//
// Requests and responses are Json in the shapes of AWS's service models, exactly as the JSON
// protocols carry them; a QueryService says how a service spells those shapes as parameters and
// elements.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/aws_error.h"
#include "core/json.h"

namespace votemu::wire {

enum class ShapeKind { string, integer, boolean, structure, list, map };

struct Shape;

// A structure's member: its name in the model and, where it differs, its name on the wire.
struct Member {
  std::string_view name;
  const Shape* shape;
  std::string_view wire_name = {};
  std::string_view wire() const { return wire_name.empty() ? name : wire_name; }
};

// Times and blobs are `string`s: their JSON form is text, too.
struct Shape {
  ShapeKind kind = ShapeKind::string;
  std::span<const Member> members = {};  // structure
  const Shape* element = nullptr;        // a list's element, a map's value
  // "Name.1" and repeated elements; otherwise "Name.member.1" or "Name.entry.1" and a wrapper. The
  // wire name of a member with a flattened list is that of the list's elements.
  bool flattened = false;
  std::string_view key_name = "key";         // map
  std::string_view value_name = "value";     // map
  std::string_view element_name = "member";  // REST-XML's lists that are not flattened
};

struct OperationShape {
  std::string_view name;
  const Shape* request;
  const Shape* response;  // nullptr: the response has no result
};

struct QueryService {
  std::string_view name;     // signing name
  std::string_view version;  // of the API
  std::string_view xml_namespace;
  std::span<const OperationShape> operations;
  // An error as this protocol spells it, where that differs from its code and message.
  core::AwsError (*spell_error)(const core::AwsError& error) = nullptr;
  bool errors_have_detail = false;  // an empty element
};

// A decoded form, in the order of the body.
using QueryParameters = std::vector<std::pair<std::string, std::string>>;

// Decodes application/x-www-form-urlencoded text (a body or a URL's query). Throws AwsError
// MalformedQueryString when there are too many parameters, or one is not UTF-8.
QueryParameters parse_form(std::string_view text);

// The first value of a parameter ("Action", "Version"), or nullopt.
std::optional<std::string_view> parameter(const QueryParameters& parameters, std::string_view name);

// The operation that Action names. Throws AwsError MissingAction or InvalidAction.
const OperationShape& query_operation(const QueryService& service,
                                      const QueryParameters& parameters);

// The request in the model's shape; parameters that the shape does not know are ignored. Throws
// AwsError MalformedInput for values that are not of their type, MalformedQueryString for names
// that are nested too deeply.
core::Json query_request(const OperationShape& operation, const QueryParameters& parameters);

std::string query_response(const QueryService& service, const OperationShape& operation,
                           const core::Json& response, std::string_view request_id);

std::string query_error(const QueryService& service, const core::AwsError& error,
                        std::string_view request_id);

// Text as XML character data or attribute value; what XML 1.0 cannot carry becomes U+FFFD.
std::string escape_xml(std::string_view text);

}  // namespace votemu::wire
