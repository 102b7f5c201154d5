// The OpenAPI 2.0 document of an API, as SAM writes it.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
#pragma once

#include <map>
#include <string>

#include "core/json.h"

namespace votemu::cloudformation::sam {

core::Json empty_swagger();

// The method's name in the document: lower case; ANY is an extension.
std::string swagger_method(const std::string& method);

// A method that invokes the function.
core::Json function_method(const std::string& function_id);

struct Cors {
  core::Json allow_origin = "'*'";
  core::Json allow_headers;  // null: not set
  core::Json allow_methods;  // null: what the path has
  core::Json max_age;
  bool allow_credentials = false;
};

// Gives every path that has no OPTIONS method one that answers preflight requests.
void add_cors(core::Json& swagger, const Cors& cors);

// Condition names by path and method.
using MethodConditions = std::map<std::string, std::map<std::string, std::string>>;

// Leaves methods, and paths all of whose methods have one condition, out where it does not hold.
void apply_conditions(core::Json& swagger, const MethodConditions& conditions);

}  // namespace votemu::cloudformation::sam
