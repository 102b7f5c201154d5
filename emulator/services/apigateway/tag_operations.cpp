// GetTags, TagResource, UntagResource: of APIs and their stages.
#include "core/ids.h"
#include "core/members.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/limits.h"
#include "services/apigateway/members.h"
#include "services/apigateway/operations.h"

namespace votemu::apigateway {
namespace {

using core::Json;
using core::RequestContext;

// What an ARN like "arn:aws:apigateway:REGION::/restapis/ID[/stages/NAME]" names, in a copy of the
// API's row.
struct Tagged {
  Json row;
  std::string stage;  // "" for the API itself

  Json& tags() {
    Json& owner = stage.empty() ? row : row["stages"][stage];
    if (!owner.contains("tags") || !owner["tags"].is_object()) owner["tags"] = Json::object();
    return owner["tags"];
  }
};

Tagged tagged_resource(State& state, const RequestContext& context, const Json& request) {
  constexpr std::string_view apis = "/restapis/";
  constexpr std::string_view stages = "/stages/";
  const std::string text = required_string(request, "resourceArn");
  const auto arn = core::Arn::parse(text);
  if (!arn || arn->service != "apigateway" || !arn->resource.starts_with(apis)) {
    throw bad_request("Invalid ARN specified in the request");
  }
  const std::string rest = arn->resource.substr(apis.size());
  const auto slash = rest.find('/');
  Tagged tagged;
  tagged.row = state.apis.existing(context.scope, Json{{"restApiId", rest.substr(0, slash)}}).row;
  if (slash == std::string::npos) return tagged;
  if (!std::string_view(rest).substr(slash).starts_with(stages)) {
    throw bad_request("Invalid ARN specified in the request");
  }
  tagged.stage = rest.substr(slash + stages.size());
  if (!tagged.row["stages"].contains(tagged.stage)) {
    throw not_found("Invalid Stage identifier specified");
  }
  return tagged;
}

Json get_tags(State& state, const RequestContext& context, const Json& request) {
  return {{"tags", tagged_resource(state, context, request).tags()}};
}

Json tag_resource(State& state, const RequestContext& context, const Json& request) {
  Tagged tagged = tagged_resource(state, context, request);
  const Json* given = core::object_member(request, "tags");
  if (!given || given->empty()) throw bad_request("Missing required parameter: tags");
  Json& tags = tagged.tags();
  for (const auto& [key, unused] : given->items()) {
    tags[key] = core::string_member(*given, key).value_or("");
  }
  if (tags.size() > limits::max_tags) {
    throw limit_exceeded("The maximum number of tags for a resource is 50");
  }
  state.apis.put(context.scope, std::move(tagged.row));
  return Json::object();
}

Json untag_resource(State& state, const RequestContext& context, const Json& request) {
  Tagged tagged = tagged_resource(state, context, request);
  const Json* keys = core::array_member(request, "tagKeys");
  if (!keys) throw bad_request("Missing required parameter: tagKeys");
  for (const Json& key : *keys) {
    if (key.is_string()) tagged.tags().erase(key.get<std::string>());
  }
  state.apis.put(context.scope, std::move(tagged.row));
  return Json::object();
}

}  // namespace

void add_tag_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "GetTags", get_tags);
  add_operation(table, state, "TagResource", tag_resource);
  add_operation(table, state, "UntagResource", untag_resource);
}

}  // namespace votemu::apigateway
