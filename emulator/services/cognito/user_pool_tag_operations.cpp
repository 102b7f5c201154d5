// TagResource, UntagResource, ListTagsForResource of user pools.
#include "services/cognito/operations.h"
#include "services/cognito/rules.h"
#include "services/cognito/tag_edits.h"
#include "services/cognito/user_pools.h"

namespace votemu::cognito {
namespace {

using core::Json;
using core::RequestContext;

Json tagged_pool(const UserPools& pools, const std::string& arn) {
  return pools.existing(resource_of(arn, "cognito-idp", "userpool"));
}

Json edit(const Desk& desk, const RequestContext& context, const TagEdit& change) {
  UserPools pools(desk.runtime.store, context.scope);
  Json pool = tagged_pool(pools, change.arn);
  pool["UserPoolTags"] = change.applied_to(pool["UserPoolTags"]);
  pools.put(pool);
  return Json::object();
}

Json tag_resource(const Desk& desk, const RequestContext& context, const Json& request) {
  return edit(desk, context, tagging(request, user_pool_model_error));
}

Json untag_resource(const Desk& desk, const RequestContext& context, const Json& request) {
  return edit(desk, context, untagging(request, user_pool_model_error));
}

Json list_tags(const Desk& desk, const RequestContext& context, const Json& request) {
  const UserPools pools(desk.runtime.store, context.scope);
  const std::string arn = tagged_arn(request, user_pool_model_error);
  return {{"Tags", tagged_pool(pools, arn)["UserPoolTags"]}};
}

}  // namespace

void add_user_pool_tag_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, desk, "TagResource", tag_resource);
  add_operation(table, desk, "UntagResource", untag_resource);
  add_operation(table, desk, "ListTagsForResource", list_tags);
}

}  // namespace votemu::cognito
