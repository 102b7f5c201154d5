// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
#include "authorization/actions.h"

namespace votemu::authorization {
namespace {

std::string iam_arn(const Call& call, const std::string& resource) {
  return "arn:aws:iam::" + call.scope.account + ":" + resource;
}

// A path begins and ends with a slash: "/" when the request has none.
std::string path_in(const Call& call, const char* member) {
  std::string path = call.text(member);
  return path.starts_with('/') ? path : "/";
}

ResourceRule role_of(const Lookups& lookups) {
  return [lookups](const Call& call) {
    return lookups.role_arn(call.scope.account, call.text("RoleName"));
  };
}

// On a role, with what the request says of policies among the condition keys.
AccessRule asks_on_role(std::string action, ResourceRule role) {
  return [action = std::move(action), role = std::move(role)](const Call& call) {
    core::Access access{action, role(call)};
    const std::string policy = call.text("PolicyArn");
    if (!policy.empty()) access.context.push_back({"iam:PolicyARN", {policy}});
    const std::string boundary = call.text("PermissionsBoundary");
    if (!boundary.empty()) access.context.push_back({"iam:PermissionsBoundary", {boundary}});
    return Accesses{std::move(access)};
  };
}

std::string new_role(const Call& call) {
  return iam_arn(call, "role" + path_in(call, "Path") + call.text("RoleName"));
}

std::string new_policy(const Call& call) {
  return iam_arn(call, "policy" + path_in(call, "Path") + call.text("PolicyName"));
}

ResourceRule listed(const std::string& kind) {
  return [kind](const Call& call) { return iam_arn(call, kind + path_in(call, "PathPrefix")); };
}

Accesses create_service_linked_role(const Call& call) {
  const std::string service = call.text("AWSServiceName");
  return {{"iam:CreateServiceLinkedRole",
           iam_arn(call, "role/aws-service-role/" + service + "/AWSServiceRoleFor*"),
           {{"iam:AWSServiceName", {service}}}}};
}

std::string user_of(const Call& call) {
  return iam_arn(call, "user/" + call.text("UserName"));
}

}  // namespace

AccessTable iam_access(const Lookups& lookups) {
  AccessTable table;
  for (const std::string operation :
       {"AttachRolePolicy", "DeleteRole", "DeleteRolePermissionsBoundary", "DeleteRolePolicy",
        "DetachRolePolicy", "GetRole", "GetRolePolicy", "ListAttachedRolePolicies",
        "ListInstanceProfilesForRole", "ListRolePolicies", "ListRoleTags",
        "PutRolePermissionsBoundary", "PutRolePolicy", "TagRole", "UntagRole",
        "UpdateAssumeRolePolicy", "UpdateRole", "UpdateRoleDescription"}) {
    table[operation] = asks_on_role("iam:" + operation, role_of(lookups));
  }
  table["CreateRole"] = asks_on_role("iam:CreateRole", new_role);
  table["CreateServiceLinkedRole"] = create_service_linked_role;
  for (const std::string operation :
       {"CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "GetPolicy",
        "GetPolicyVersion", "ListEntitiesForPolicy", "ListPolicyTags", "ListPolicyVersions",
        "SetDefaultPolicyVersion", "TagPolicy", "UntagPolicy"}) {
    table[operation] = asks("iam:" + operation, arn_in("PolicyArn"));
  }
  table["CreatePolicy"] = asks("iam:CreatePolicy", new_policy);
  table["ListRoles"] = asks("iam:ListRoles", listed("role"));
  table["ListPolicies"] = asks("iam:ListPolicies", listed("policy"));
  table["ListUsers"] = asks("iam:ListUsers", listed("user"));
  table["GetUser"] = asks("iam:GetUser", user_of);
  table["ListAccountAliases"] = asks("iam:ListAccountAliases");
  return table;
}

}  // namespace votemu::authorization
