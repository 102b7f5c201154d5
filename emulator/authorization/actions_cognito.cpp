// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitoidentity.html
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncognitouserpools.html
#include "authorization/actions.h"
#include "core/members.h"

namespace votemu::authorization {
namespace {

constexpr std::string_view identity_principal = "cognito-identity.amazonaws.com";

std::string identity_pool_of(const Call& call) {
  return call.arn("cognito-identity", "identitypool/" + call.text("IdentityPoolId"));
}

std::string user_pool_of(const Call& call) {
  return call.arn("cognito-idp", "userpool/" + call.text("UserPoolId"));
}

Accesses set_roles(const Call& call) {
  Accesses accesses{{"cognito-identity:SetIdentityPoolRoles", identity_pool_of(call)}};
  const core::Json* roles = core::find_member(call.members, "Roles");
  if (!roles || !roles->is_object()) return accesses;
  for (const auto& [kind, role] : roles->items()) {
    if (role.is_string()) add_pass_role(accesses, role.get<std::string>(), identity_principal);
  }
  return accesses;
}

}  // namespace

AccessTable cognito_identity_access() {
  AccessTable table;
  for (const char* operation : {"GetId", "GetCredentialsForIdentity", "GetOpenIdToken"}) {
    table[operation] = asks_nothing();
  }
  for (const std::string operation :
       {"DeleteIdentityPool", "DescribeIdentityPool", "GetIdentityPoolRoles", "ListIdentities",
        "UpdateIdentityPool"}) {
    table[operation] = asks("cognito-identity:" + operation, identity_pool_of);
  }
  for (const std::string operation :
       {"CreateIdentityPool", "DeleteIdentities", "DescribeIdentity", "ListIdentityPools"}) {
    table[operation] = asks("cognito-identity:" + operation);
  }
  for (const std::string operation : {"ListTagsForResource", "TagResource", "UntagResource"}) {
    table[operation] = asks("cognito-identity:" + operation, arn_in("ResourceArn"));
  }
  table["SetIdentityPoolRoles"] = set_roles;
  return table;
}

AccessTable cognito_idp_access() {
  AccessTable table;
  for (const std::string operation :
       {"AddCustomAttributes", "CreateUserPoolClient", "DeleteUserPool", "DeleteUserPoolClient",
        "DescribeUserPool", "DescribeUserPoolClient", "ListUserPoolClients", "UpdateUserPool",
        "UpdateUserPoolClient"}) {
    table[operation] = asks("cognito-idp:" + operation, user_pool_of);
  }
  for (const std::string operation : {"CreateUserPool", "ListUserPools"}) {
    table[operation] = asks("cognito-idp:" + operation);
  }
  for (const std::string operation : {"ListTagsForResource", "TagResource", "UntagResource"}) {
    table[operation] = asks("cognito-idp:" + operation, arn_in("ResourceArn"));
  }
  return table;
}

}  // namespace votemu::authorization
