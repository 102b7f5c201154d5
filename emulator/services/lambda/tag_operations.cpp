// ListTags, TagResource, UntagResource.
#include "core/members.h"
#include "services/lambda/limits.h"
#include "services/lambda/operations.h"
#include "services/lambda/tags.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {

using core::Json;
using core::RequestContext;

namespace {

void check_tag_count(const Json& tags) {
  if (tags.size() <= limits::max_tags) return;
  throw invalid_parameter("Number of tags exceeds resource tag limit.");
}

FunctionPtr tagged_function(State& state, const RequestContext& context, const Json& request) {
  return state.functions.existing(
      parse_function_name(context.scope, required_string(request, "Resource")));
}

Json list_tags(State& state, const RequestContext& context, const Json& request) {
  return {{"Tags", tagged_function(state, context, request)->row["Tags"]}};
}

Json tag_resource(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = tagged_function(state, context, request);
  Json row = function->row;
  row["Tags"].update(tags_member(request));
  check_tag_count(row["Tags"]);
  state.functions.put(function->scope, function->name, std::move(row));
  return Json::object();
}

Json untag_resource(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = tagged_function(state, context, request);
  const Json* keys = core::array_member(request, "TagKeys");
  if (!keys) throw missing_member("TagKeys");
  Json row = function->row;
  for (const Json& key : *keys) {
    if (key.is_string()) row["Tags"].erase(key.get_ref<const std::string&>());
  }
  state.functions.put(function->scope, function->name, std::move(row));
  return Json::object();
}

}  // namespace

Json tags_member(const Json& request) {
  Json tags = Json::object();
  const Json* given = core::object_member(request, "Tags");
  if (!given) return tags;
  for (const auto& [key, unused] : given->items()) {
    tags[key] = core::string_member(*given, key).value_or("");
  }
  check_tag_count(tags);
  return tags;
}

void add_tag_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "ListTags", list_tags);
  add_operation(table, state, "TagResource", tag_resource);
  add_operation(table, state, "UntagResource", untag_resource);
}

}  // namespace votemu::lambda
