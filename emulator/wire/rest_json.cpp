#include "wire/rest_json.h"

#include <charconv>

#include "core/text.h"
#include "handlers/abi/base64.h"

namespace votemu::wire {
namespace {

// The next segment of a path, taken off it; paths are matched segment by segment.
std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(path.starts_with('/') ? 1 : 0);
  const auto segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

std::optional<core::Json> match_pattern(std::string_view pattern, std::string_view path) {
  core::Json members = core::Json::object();
  while (!pattern.empty()) {
    if (path.empty()) return std::nullopt;
    const auto expected = take_segment(pattern);
    if (expected.ends_with("+}")) {
      path.remove_prefix(path.starts_with('/') ? 1 : 0);
      if (path.empty()) return std::nullopt;
      members[std::string(expected.substr(1, expected.size() - 3))] = core::percent_decode(path);
      return members;
    }
    const auto segment = take_segment(path);
    if (expected.starts_with('{')) {
      if (segment.empty()) return std::nullopt;
      members[std::string(expected.substr(1, expected.size() - 2))] = core::percent_decode(segment);
    } else if (segment != expected) {
      return std::nullopt;
    }
  }
  if (!path.empty() && path != "/") return std::nullopt;
  return members;
}

core::Json typed(QueryType type, const std::string& text) {
  if (type == QueryType::boolean) return text == "true";
  if (type == QueryType::text) return text;
  std::int64_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) {
    throw core::serialization_error("'" + text + "' can not be converted to an Integer");
  }
  return number;
}

core::Json decode_query(const RestRoute& route, std::string_view query) {
  core::Json members = core::Json::object();
  while (!query.empty()) {
    const auto pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const auto equals = pair.find('=');
    const auto name = core::percent_decode(pair.substr(0, equals), true);
    const auto value = equals == std::string_view::npos
                           ? std::string()
                           : core::percent_decode(pair.substr(equals + 1), true);
    for (const auto& binding : route.query) {
      if (binding.parameter != name) continue;
      auto& member = members[std::string(binding.member)];
      if (binding.type == QueryType::list) {
        member.push_back(value);
      } else {
        member = typed(binding.type, value);
      }
    }
  }
  return members;
}

// Takes a string member out of the response, for a header or the raw body.
std::optional<std::string> take_text(core::Json& response, std::string_view member) {
  const auto found = response.find(member);
  if (found == response.end()) return std::nullopt;
  auto text = found->is_string() ? found->get<std::string>() : core::dump_json(*found);
  response.erase(found);
  return text;
}

// A payload that is no JSON is the operation's to refuse, in its own words.
core::Json json_or_text(const std::string& body) {
  try {
    return core::parse_json(body);
  } catch (const core::AwsError&) {
    return body;
  }
}

}  // namespace

std::optional<RestMatch> match_rest_route(std::string_view service, const HttpRequest& request) {
  for (const auto& route : rest_routes()) {
    if (route.service != service || route.method != request.method) continue;
    if (request.query().find(route.marker) == std::string_view::npos) continue;
    if (auto members = match_pattern(route.pattern, request.path())) {
      return RestMatch{&route, std::move(*members)};
    }
  }
  return std::nullopt;
}

core::Json decode_rest_json(const RestMatch& match, const HttpRequest& request) {
  const auto& route = *match.route;
  core::Json members = core::Json::object();
  if (!route.payload.empty()) {
    auto& payload = members[std::string(route.payload)];
    payload = route.payload_is_json ? json_or_text(request.body) : core::Json(request.body);
  } else if (!request.body.empty()) {
    members = core::parse_json(request.body);
    if (!members.is_object())
      throw core::serialization_error("Could not parse request body into json");
  }
  if (members.contains(route.renamed_from)) {
    members[std::string(route.renamed_to)] = members[std::string(route.renamed_from)];
  }
  members.update(match.path_members);
  members.update(decode_query(route, request.query()));
  for (const auto& binding : route.request_headers) {
    if (const auto value = request.headers.find(binding.header)) {
      members[std::string(binding.member)] =
          binding.base64 ? abi::base64_decode(*value) : std::string(*value);
    }
  }
  return members;
}

HttpResponse encode_rest_json(const RestRoute& route, core::Json response,
                              const std::string& request_id) {
  HttpResponse encoded{route.success_status, {}, {}};
  encoded.headers.add("Content-Type", "application/json");
  encoded.headers.add("x-amzn-RequestId", request_id);
  if (!response.is_object()) response = core::Json::object();
  for (const auto& binding : route.response_headers) {
    if (auto text = take_text(response, binding.member)) {
      encoded.headers.add(binding.header, *text);
    }
  }
  if (!route.status_member.empty()) {
    const auto status = response.find(route.status_member);
    if (status != response.end() && status->is_number_integer())
      encoded.status = status->get<int>();
    response.erase(std::string(route.status_member));
  }
  if (!route.payload.empty() && response.contains(route.payload)) {
    encoded.body = take_text(response, route.payload).value_or("");
  } else if (encoded.status != 204 && (route.payload.empty() || !response.empty())) {
    encoded.body = core::dump_json(response);
  }
  return encoded;
}

HttpResponse encode_rest_json_error(std::string_view service, const core::AwsError& error,
                                    const std::string& request_id) {
  core::Json body = {{"message", error.message()}};
  if (service == "lambda") {
    // Lambda's model spells the member one way or the other, error by error.
    const bool capital =
        error.code() == "ResourceNotFoundException" || error.code() == "ServiceException";
    body = {{"Type", error.http_status() < 500 ? "User" : "Service"},
            {capital ? "Message" : "message", error.message()}};
  } else if (service == "iotdata") {
    body["traceId"] = request_id;
  }
  if (!error.details().empty()) body.update(core::parse_json(error.details()));
  HttpResponse response{error.http_status(), {}, core::dump_json(body)};
  response.headers.add("Content-Type", "application/json");
  response.headers.add("x-amzn-RequestId", request_id);
  response.headers.add("x-amzn-ErrorType", error.code());
  return response;
}

}  // namespace votemu::wire
