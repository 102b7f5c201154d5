// What an account has beside roles and policies. There are no users but the root user, who every
// caller is. GetUser, ListUsers, ListAccountAliases, CreateServiceLinkedRole.
#include <array>

#include "core/calendar.h"
#include "services/iam/errors.h"
#include "services/iam/limits.h"
#include "services/iam/operations.h"
#include "services/iam/page.h"

namespace votemu::iam {
namespace {

using core::Json;
using core::RequestContext;

// 2020-01-01: an account is older than what is in it.
constexpr std::int64_t account_created_ms = 1'577'836'800'000;

Json get_user(Desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const auto name = request.name("UserName", limits::max_user_name_length);
  request.done();
  if (name) throw no_such_entity("The user with name " + *name + " cannot be found.");
  const std::string& account = context.scope.account;
  return {{"User",
           {{"UserId", account},
            {"Arn", "arn:aws:iam::" + account + ":root"},
            {"CreateDate", core::iso8601_s(account_created_ms)}}}};
}

Json list_users(Desk, const RequestContext&, const Json& members) {
  Request request(members);
  request.path_prefix();
  const Page page(request);
  request.done();
  return page.answer("Users", {});
}

Json list_aliases(Desk, const RequestContext&, const Json& members) {
  Request request(members);
  const Page page(request);
  request.done();
  return page.answer("AccountAliases", {});
}

struct ServiceRoleName {
  std::string_view service;
  std::string_view name;
};

constexpr std::array service_role_names = {
    ServiceRoleName{"ops.apigateway.amazonaws.com", "APIGateway"},
    ServiceRoleName{"dynamodb.application-autoscaling.amazonaws.com",
                    "ApplicationAutoScaling_DynamoDBTable"},
    ServiceRoleName{"replication.dynamodb.amazonaws.com", "DynamoDBReplication"},
    ServiceRoleName{"replicator.lambda.amazonaws.com", "LambdaReplicator"},
    ServiceRoleName{"email.cognito-idp.amazonaws.com", "AmazonCognitoIdpEmailService"},
    ServiceRoleName{"cognito-idp.amazonaws.com", "AmazonCognitoIdp"},
    ServiceRoleName{"cloudformation.amazonaws.com", "CloudFormation"},
    ServiceRoleName{"lambda.amazonaws.com", "Lambda"},
};

std::string service_role_name(const std::string& service) {
  for (const auto& known : service_role_names) {
    if (known.service == service) return "AWSServiceRoleFor" + std::string(known.name);
  }
  throw invalid_input("Invalid service name: " + service);
}

std::string service_trust_policy(const std::string& service) {
  const Json statement{
      {"Effect", "Allow"}, {"Principal", {{"Service", service}}}, {"Action", "sts:AssumeRole"}};
  return core::dump_json({{"Version", "2012-10-17"}, {"Statement", Json::array({statement})}});
}

Json create_service_linked_role(Desk desk, const RequestContext& context, const Json& members) {
  Request request(members);
  const std::string service =
      request.required_text("AWSServiceName", limits::max_service_name_length);
  const auto suffix = request.name("CustomSuffix", limits::max_suffix_length);
  Role role;
  role.description = request.description().value_or("");
  request.done();
  role.account = context.scope.account;
  role.name = service_role_name(service) + (suffix ? "_" + *suffix : "");
  if (desk.registry.find_role(role.account, role.name)) {
    throw invalid_input("Service role name " + role.name +
                        " has been taken in this account, please try a different suffix.");
  }
  if (desk.registry.role_count(role.account) >= limits::max_roles) {
    throw quota_exceeded("RolesPerAccount", limits::max_roles);
  }
  role.path = "/aws-service-role/" + service + "/";
  role.trust_policy = service_trust_policy(service);
  role.id = new_entity_id(desk.random, "AROA");
  role.created_ms = desk.clock.now_ms();
  desk.registry.put(role);
  return {{"Role", role_shape(role, RoleView::created)}};
}

}  // namespace

void add_account_operations(core::OperationTable& table, Desk desk) {
  add_operation(table, "GetUser", desk, get_user);
  add_operation(table, "ListUsers", desk, list_users);
  add_operation(table, "ListAccountAliases", desk, list_aliases);
  add_operation(table, "CreateServiceLinkedRole", desk, create_service_linked_role);
}

}  // namespace votemu::iam
