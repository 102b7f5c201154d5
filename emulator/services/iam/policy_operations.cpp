// CreatePolicy, GetPolicy, ListPolicies, DeletePolicy.
#include <algorithm>

#include "core/calendar.h"
#include "services/iam/aws_managed_policies.h"
#include "services/iam/errors.h"
#include "services/iam/limits.h"
#include "services/iam/operations.h"
#include "services/iam/page.h"
#include "services/iam/policy_document.h"

namespace votemu::iam {
namespace {

using core::Json;
using core::RequestContext;

struct Usage {
  std::size_t attachments;
  std::size_t boundaries;
};

Usage usage_of(Desk desk, const RequestContext& context, const ManagedPolicy& policy) {
  const auto count = [&](PolicyPurpose purpose) {
    return desk.registry.users_of(context.scope.account, policy.arn(), purpose).size();
  };
  return {count(PolicyPurpose::permissions), count(PolicyPurpose::boundary)};
}

Json policy_shape(const ManagedPolicy& policy, const Usage& usage) {
  return {{"PolicyName", policy.name},
          {"PolicyId", policy.id},
          {"Arn", policy.arn()},
          {"Path", policy.path},
          {"DefaultVersionId", policy.default_version},
          {"AttachmentCount", usage.attachments},
          {"PermissionsBoundaryUsageCount", usage.boundaries},
          {"IsAttachable", true},
          {"CreateDate", core::iso8601_s(policy.created_ms)},
          {"UpdateDate", core::iso8601_s(policy.updated_ms)}};
}

Json create_policy(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  ManagedPolicy policy;
  policy.account = context.scope.account;
  policy.name = request.policy_name();
  policy.path = request.path();
  policy.description = request.description().value_or("");
  policy.tags = request.tags();
  const std::string document = request.policy_document("PolicyDocument");
  request.done();
  check_managed_policy(document);

  if (desk.registry.find_policy(policy.account, policy.name)) {
    throw already_exists("A policy called " + policy.name +
                         " already exists. Duplicate names are not allowed.");
  }
  if (desk.registry.policy_count(policy.account) >= limits::max_policies) {
    throw quota_exceeded("PoliciesPerAccount", limits::max_policies);
  }

  policy.id = new_entity_id(desk.random, "ANPA");
  policy.created_ms = policy.updated_ms = desk.clock.now_ms();
  policy.versions = {{policy.default_version, document, policy.created_ms}};
  desk.registry.put(policy);
  Json shape = policy_shape(policy, {0, 0});
  if (!policy.description.empty()) shape["Description"] = policy.description;
  if (!policy.tags.empty()) shape["Tags"] = tags_shape(policy.tags);
  return {{"Policy", std::move(shape)}};
}

Json get_policy(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string arn = request.policy_arn();
  request.done();
  const ManagedPolicy policy = existing_policy(desk, context, arn);
  Json shape = policy_shape(policy, usage_of(desk, context, policy));
  if (!policy.description.empty()) shape["Description"] = policy.description;
  shape["Tags"] = tags_shape(policy.tags);
  return {{"Policy", std::move(shape)}};
}

Json list_policies(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string whose = request.choice("Scope", {"All", "AWS", "Local"});
  const std::string usage_filter =
      request.choice("PolicyUsageFilter", {"PermissionsPolicy", "PermissionsBoundary"});
  const bool only_attached = request.flag("OnlyAttached");
  const std::string prefix = request.path_prefix();
  const Page page(request);
  request.done();
  std::vector<ManagedPolicy> policies;
  if (whose != "AWS") policies = desk.registry.policies(context.scope.account);
  if (whose != "Local") std::ranges::move(all_aws_managed_policies(), std::back_inserter(policies));
  Page::Items items;
  for (const auto& policy : policies) {
    if (!policy.path.starts_with(prefix)) continue;
    const Usage usage = usage_of(desk, context, policy);
    if (only_attached && usage.attachments == 0) continue;
    if (usage_filter == "PermissionsPolicy" && usage.attachments == 0) continue;
    if (usage_filter == "PermissionsBoundary" && usage.boundaries == 0) continue;
    items.emplace_back(policy.arn(), policy_shape(policy, usage));
  }
  std::sort(items.begin(), items.end());
  return page.answer("Policies", items);
}

Json delete_policy(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string arn = request.policy_arn();
  request.done();
  const ManagedPolicy policy = modifiable_policy(desk, context, arn);
  const Usage usage = usage_of(desk, context, policy);
  if (usage.attachments + usage.boundaries > 0) {
    throw delete_conflict("Cannot delete a policy attached to entities.");
  }
  if (policy.versions.size() > 1) {
    throw delete_conflict(
        "This policy has more than one version. Before you delete a policy, you must delete the "
        "policy's versions. The default version is deleted with the policy.");
  }
  desk.registry.erase(policy);
  return Json::object();
}

}  // namespace

void add_policy_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, "CreatePolicy", desk, create_policy);
  add_operation(table, "GetPolicy", desk, get_policy);
  add_operation(table, "ListPolicies", desk, list_policies);
  add_operation(table, "DeletePolicy", desk, delete_policy);
}

}  // namespace votemu::iam
