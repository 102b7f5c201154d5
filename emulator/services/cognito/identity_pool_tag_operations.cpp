// TagResource, UntagResource, ListTagsForResource of identity pools.
#include "services/cognito/identity_pools.h"
#include "services/cognito/operations.h"
#include "services/cognito/rules.h"
#include "services/cognito/tag_edits.h"

namespace votemu::cognito {
namespace {

using core::Json;
using core::RequestContext;

IdentityPool tagged_pool(const Desk& desk, const RequestContext& context, const std::string& arn) {
  return IdentityPools(desk.runtime.store)
      .existing(context.scope, resource_of(arn, "cognito-identity", "identitypool"));
}

Json edit(const Desk& desk, const RequestContext& context, const TagEdit& change) {
  IdentityPool pool = tagged_pool(desk, context, change.arn);
  Json& tags = pool.description()["IdentityPoolTags"];
  tags = change.applied_to(tags);
  IdentityPools(desk.runtime.store).put(pool);
  return Json::object();
}

Json tag_resource(const Desk& desk, const RequestContext& context, const Json& request) {
  return edit(desk, context, tagging(request, identity_model_error));
}

Json untag_resource(const Desk& desk, const RequestContext& context, const Json& request) {
  return edit(desk, context, untagging(request, identity_model_error));
}

Json list_tags(const Desk& desk, const RequestContext& context, const Json& request) {
  const std::string arn = tagged_arn(request, identity_model_error);
  return {{"Tags", tagged_pool(desk, context, arn).description()["IdentityPoolTags"]}};
}

}  // namespace

void add_identity_pool_tag_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, desk, "TagResource", tag_resource);
  add_operation(table, desk, "UntagResource", untag_resource);
  add_operation(table, desk, "ListTagsForResource", list_tags);
}

}  // namespace votemu::cognito
