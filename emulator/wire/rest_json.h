// The REST-JSON protocol: an operation's members travel in the path, the query, headers and a JSON
// body. Which member goes where is a route's table.
// https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/aws_error.h"
#include "core/json.h"
#include "wire/http.h"

namespace votemu::wire {

// What a query parameter's text becomes.
// A list gathers the values of a parameter that is repeated.
enum class QueryType { text, integer, boolean, list };

struct QueryBinding {
  std::string_view parameter;
  std::string_view member;
  QueryType type = QueryType::text;
};

struct HeaderBinding {
  std::string_view header;
  std::string_view member;
  bool base64 = false;  // the header carries the member's text in base64
};

struct RestRoute {
  std::string_view service;
  std::string_view method;
  std::string_view pattern;  // "/functions/{FunctionName}/invocations"; "{name+}" takes the rest
  std::string_view operation;
  int success_status = 200;
  std::vector<QueryBinding> query = {};
  std::vector<HeaderBinding> request_headers = {};
  std::vector<HeaderBinding> response_headers = {};
  // The member that is the body itself, both ways; "" when the body's members are the operation's.
  std::string_view payload = {};
  bool payload_is_json = false;  // else it is raw bytes
  // The response member that is the status, "" when it is always `success_status`.
  std::string_view status_member = {};
  // What must stand in the query for the route to match, as in "?mode=import".
  std::string_view marker = {};
  // A body member whose name in the model differs because the path has one of that name.
  std::string_view renamed_from = {};
  std::string_view renamed_to = {};
};

struct RestMatch {
  const RestRoute* route;
  core::Json path_members;
};

// Every route of the services that speak REST-JSON.
std::span<const RestRoute> rest_routes();

// nullopt when the service has no such route.
std::optional<RestMatch> match_rest_route(std::string_view service, const HttpRequest& request);

// Throws AwsError SerializationException when the body is not a JSON object.
core::Json decode_rest_json(const RestMatch& match, const HttpRequest& request);

HttpResponse encode_rest_json(const RestRoute& route, core::Json response,
                              const std::string& request_id);
HttpResponse encode_rest_json_error(std::string_view service, const core::AwsError& error,
                                    const std::string& request_id);

}  // namespace votemu::wire
