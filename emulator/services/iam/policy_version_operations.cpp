// CreatePolicyVersion, GetPolicyVersion, ListPolicyVersions, SetDefaultPolicyVersion,
// DeletePolicyVersion.
#include <algorithm>

#include "services/iam/errors.h"
#include "services/iam/limits.h"
#include "services/iam/operations.h"
#include "services/iam/page.h"

namespace votemu::iam {
namespace {

using core::Json;
using core::RequestContext;

const PolicyVersion& existing_version(const ManagedPolicy& policy, const std::string& id) {
  const auto* version = policy.find_version(id);
  if (version == nullptr) {
    throw no_such_entity("Policy " + policy.arn() + " version " + id +
                         " does not exist or is not attachable.");
  }
  return *version;
}

Json create_version(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string arn = request.policy_arn();
  const std::string document = request.policy_document("PolicyDocument");
  const bool as_default = request.flag("SetAsDefault");
  request.done();
  ManagedPolicy policy = modifiable_policy(desk, context, arn);
  check_managed_policy(document);
  if (policy.versions.size() >= limits::max_policy_versions) {
    throw limit_exceeded("A managed policy can have up to " +
                         std::to_string(limits::max_policy_versions) +
                         " versions. Before you create a new version, you must delete an existing "
                         "version.");
  }
  const std::int64_t now = desk.clock.now_ms();
  const std::string id = "v" + std::to_string(++policy.last_version_number);
  policy.versions.push_back({id, document, now});
  policy.updated_ms = now;
  if (as_default) policy.default_version = id;
  desk.registry.put(policy);
  return {{"PolicyVersion", version_shape(policy, policy.versions.back(), false)}};
}

Json get_version(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string arn = request.policy_arn();
  const std::string id = request.version_id();
  request.done();
  const ManagedPolicy policy = existing_policy(desk, context, arn);
  return {{"PolicyVersion", version_shape(policy, existing_version(policy, id), true)}};
}

Json list_versions(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string arn = request.policy_arn();
  const Page page(request);
  request.done();
  const ManagedPolicy policy = existing_policy(desk, context, arn);
  // Newest first; at most five, so that one digit keeps them in order.
  Page::Items items;
  for (auto version = policy.versions.rbegin(); version != policy.versions.rend(); ++version) {
    items.emplace_back(std::to_string(items.size()), version_shape(policy, *version, false));
  }
  return page.answer("Versions", items);
}

Json set_default(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string arn = request.policy_arn();
  const std::string id = request.version_id();
  request.done();
  ManagedPolicy policy = modifiable_policy(desk, context, arn);
  existing_version(policy, id);
  policy.default_version = id;
  policy.updated_ms = desk.clock.now_ms();
  desk.registry.put(policy);
  return Json::object();
}

Json delete_version(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string arn = request.policy_arn();
  const std::string id = request.version_id();
  request.done();
  ManagedPolicy policy = modifiable_policy(desk, context, arn);
  existing_version(policy, id);
  if (id == policy.default_version) {
    throw delete_conflict("Cannot delete the default version of a policy.");
  }
  std::erase_if(policy.versions, [&](const PolicyVersion& version) { return version.id == id; });
  desk.registry.put(policy);
  return Json::object();
}

}  // namespace

void add_policy_version_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, "CreatePolicyVersion", desk, create_version);
  add_operation(table, "GetPolicyVersion", desk, get_version);
  add_operation(table, "ListPolicyVersions", desk, list_versions);
  add_operation(table, "SetDefaultPolicyVersion", desk, set_default);
  add_operation(table, "DeletePolicyVersion", desk, delete_version);
}

}  // namespace votemu::iam
