// TagResource, UntagResource, ListTagsForResource, and TagLogGroup's older family of the same.
#include "core/aws_error.h"
#include "core/members.h"
#include "services/logs/limits.h"
#include "services/logs/operations.h"
#include "services/logs/tags.h"
#include "services/logs/validation.h"

namespace votemu::logs {

using core::Json;
using core::RequestContext;

Tags tags_member(const Json& request, std::string_view member) {
  Tags tags;
  const Json* given = core::object_member(request, member);
  if (!given) return tags;
  if (given->size() > limits::max_tags) {
    throw constraint_error(core::dump_json(*given), member,
                           "Member must have length less than or equal to 50");
  }
  for (const auto& [key, value] : given->items()) {
    tags[key] = core::string_member(*given, key).value_or("");
  }
  return tags;
}

namespace {

Group& tagged_group(Shelf shelf, const RequestContext& context, const Json& request) {
  const auto arn = core::string_member(request, "resourceArn");
  if (!arn) return existing_group(shelf.state, context.scope, request);
  const Json by_arn = {{"logGroupIdentifier", *arn}};
  return existing_group(shelf.state, context.scope, by_arn);
}

Json tag(Shelf shelf, const RequestContext& context, const Json& request) {
  const Tags added = tags_member(request, "tags");
  Group& group = tagged_group(shelf, context, request);
  Tags tags = added;
  tags.insert(group.tags.begin(), group.tags.end());
  if (tags.size() > limits::max_tags) {
    throw core::AwsError("TooManyTagsException", "The resource can have at most 50 tags.");
  }
  group.tags = std::move(tags);
  shelf.state.write(group);
  return Json::object();
}

Json untag(Shelf shelf, const RequestContext& context, const Json& request) {
  const Json* keys = core::array_member(request, "tagKeys");
  if (!keys) keys = core::array_member(request, "tags");
  Group& group = tagged_group(shelf, context, request);
  if (!keys) return Json::object();
  for (const Json& key : *keys) {
    if (key.is_string()) group.tags.erase(key.get<std::string>());
  }
  shelf.state.write(group);
  return Json::object();
}

Json list_tags(Shelf shelf, const RequestContext& context, const Json& request) {
  Json tags = Json::object();
  for (const auto& [key, value] : tagged_group(shelf, context, request).tags) tags[key] = value;
  return {{"tags", std::move(tags)}};
}

}  // namespace

void add_tag_operations(core::OperationTable& table, Shelf shelf) {
  const auto add = [&](const char* name, Json (*run)(Shelf, const RequestContext&, const Json&)) {
    table[name] = [shelf, run](const RequestContext& context, const Json& request) {
      return run(shelf, context, request);
    };
  };
  add("TagResource", tag);
  add("TagLogGroup", tag);
  add("UntagResource", untag);
  add("UntagLogGroup", untag);
  add("ListTagsForResource", list_tags);
  add("ListTagsLogGroup", list_tags);
}

}  // namespace votemu::logs
