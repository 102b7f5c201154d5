#include "services/apigateway/members.h"

#include <algorithm>
#include <charconv>

#include "core/members.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/limits.h"

namespace votemu::apigateway {

using core::Json;

namespace {

// The named member of an object that is there, or NotFoundException.
Json& member_in(Json& object, const std::string& name, const std::string& message) {
  const auto found = object.find(name);
  if (found == object.end()) throw not_found(message);
  return *found;
}

}  // namespace

std::string required_string(const Json& request, std::string_view member) {
  auto value = core::string_member(request, member);
  if (!value || value->empty()) {
    throw bad_request("Missing required parameter: " + std::string(member));
  }
  return std::move(*value);
}

void copy_members(const Json& request, std::initializer_list<std::string_view> members, Json& to) {
  for (const auto member : members) {
    if (const Json* value = core::find_member(request, member)) to[std::string(member)] = *value;
  }
}

Json& resource_in(Json& api, const Json& request) {
  return member_in(api["resources"], core::string_member(request, "resourceId").value_or(""),
                   "Invalid Resource identifier specified");
}

Json& method_in(Json& api, const Json& request) {
  return member_in(resource_in(api, request)["resourceMethods"],
                   core::string_member(request, "httpMethod").value_or(""),
                   "Invalid Method identifier specified");
}

Json& integration_in(Json& api, const Json& request) {
  return member_in(method_in(api, request), "methodIntegration",
                   "Invalid Integration identifier specified");
}

namespace {

Json& response_in(Json& of, const std::string& member, const Json& request) {
  const std::string message = "Invalid Response status code specified";
  return member_in(member_in(of, member, message),
                   core::string_member(request, "statusCode").value_or(""), message);
}

}  // namespace

Json& method_response_in(Json& api, const Json& request) {
  return response_in(method_in(api, request), "methodResponses", request);
}

Json& integration_response_in(Json& api, const Json& request) {
  return response_in(integration_in(api, request), "integrationResponses", request);
}

Json paged(const Json& request, Json items) {
  const std::int64_t limit = core::integer_member(request, "limit").value_or(limits::default_page);
  if (limit < 1 || limit > limits::max_page) {
    throw bad_request("Invalid limit specified, must be between 1 and 500");
  }
  const std::string position = core::string_member(request, "position").value_or("0");
  std::size_t begin = 0;
  const auto parsed = std::from_chars(position.data(), position.data() + position.size(), begin);
  if (parsed.ec != std::errc() || begin > items.size()) {
    throw bad_request("Invalid position parameter specified");
  }
  const std::size_t end = std::min(begin + static_cast<std::size_t>(limit), items.size());
  Json page = Json::array();
  for (std::size_t i = begin; i < end; ++i) page.push_back(std::move(items[i]));
  Json response = {{"item", std::move(page)}};
  if (end < items.size()) response["position"] = std::to_string(end);
  return response;
}

}  // namespace votemu::apigateway
