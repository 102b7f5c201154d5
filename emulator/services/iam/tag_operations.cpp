// TagRole, UntagRole, ListRoleTags, TagPolicy, UntagPolicy, ListPolicyTags.
#include <algorithm>

#include "services/iam/errors.h"
#include "services/iam/limits.h"
#include "services/iam/operations.h"
#include "services/iam/page.h"

namespace votemu::iam {
namespace {

using core::Json;
using core::RequestContext;

void add_tags(Tags& to, const Tags& added, const std::string& quota) {
  for (const auto& tag : added) set_tag(to, tag);
  if (to.size() > limits::max_tags) throw quota_exceeded(quota, limits::max_tags);
}

Json tags_page(const Page& page, const Tags& tags) {
  Page::Items items;
  for (const auto& tag : tags) {
    items.emplace_back(fold_name(tag.key), Json{{"Key", tag.key}, {"Value", tag.value}});
  }
  std::sort(items.begin(), items.end());
  return page.answer("Tags", items);
}

Json tag_role(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  const Tags tags = request.required_tags();
  request.done();
  Role role = modifiable_role(desk, context, name);
  add_tags(role.tags, tags, "TagsPerRole");
  desk.registry.put(role);
  return Json::object();
}

Json untag_role(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  const auto keys = request.tag_keys();
  request.done();
  Role role = modifiable_role(desk, context, name);
  for (const auto& key : keys) erase_tag(role.tags, key);
  desk.registry.put(role);
  return Json::object();
}

Json list_role_tags(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string name = request.role_name();
  const Page page(request);
  request.done();
  return tags_page(page, existing_role(desk, context, name).tags);
}

Json tag_policy(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string arn = request.policy_arn();
  const Tags tags = request.required_tags();
  request.done();
  ManagedPolicy policy = modifiable_policy(desk, context, arn);
  add_tags(policy.tags, tags, "TagsPerPolicy");
  desk.registry.put(policy);
  return Json::object();
}

Json untag_policy(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string arn = request.policy_arn();
  const auto keys = request.tag_keys();
  request.done();
  ManagedPolicy policy = modifiable_policy(desk, context, arn);
  for (const auto& key : keys) erase_tag(policy.tags, key);
  desk.registry.put(policy);
  return Json::object();
}

Json list_policy_tags(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string arn = request.policy_arn();
  const Page page(request);
  request.done();
  return tags_page(page, existing_policy(desk, context, arn).tags);
}

}  // namespace

void add_tag_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, "TagRole", desk, tag_role);
  add_operation(table, "UntagRole", desk, untag_role);
  add_operation(table, "ListRoleTags", desk, list_role_tags);
  add_operation(table, "TagPolicy", desk, tag_policy);
  add_operation(table, "UntagPolicy", desk, untag_policy);
  add_operation(table, "ListPolicyTags", desk, list_policy_tags);
}

}  // namespace votemu::iam
