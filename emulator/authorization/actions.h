// What each operation asks permission for: IAM's actions and the resources that they are asked on.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/access.h"
#include "core/ids.h"
#include "core/json.h"

namespace votemu::authorization {

// A call of an operation. Members may be missing or of any kind: nothing has looked at them yet.
struct Call {
  const core::Scope& scope;
  const core::Json& members;

  std::string text(std::string_view member) const;  // "" when it is no text
  // "arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE" of the caller's scope.
  std::string arn(std::string_view service, const std::string& resource) const;
};

// What resources' names alone do not tell.
struct Lookups {
  // "arn:aws:iam::ACCOUNT:role/PATH/NAME".
  std::function<std::string(const std::string& account, const std::string& role_name)> role_arn;
  // The attribute that a table's items are spread by; "" when there is no such table.
  std::function<std::string(const core::Scope& scope, const std::string& table)> partition_key;
};

using Accesses = std::vector<core::Access>;
using AccessRule = std::function<Accesses(const Call&)>;
using ResourceRule = std::function<std::string(const Call&)>;
using AccessTable = std::map<std::string, AccessRule, std::less<>>;  // by operation

// One action on one resource.
AccessRule asks(std::string action, ResourceRule resource);
// An action that knows no resources.
AccessRule asks(std::string action);
// Every caller may.
AccessRule asks_nothing();
// The resource whose ARN a member has.
ResourceRule arn_in(std::string member);

// To give a role to a service is an action on the role. Nothing when there is none.
void add_pass_role(Accesses& accesses, const std::string& role_arn, std::string_view to_service);

AccessTable apigateway_access();
AccessTable cloudformation_access();
AccessTable cognito_identity_access();
AccessTable cognito_idp_access();
AccessTable dynamodb_access(const Lookups& lookups);
AccessTable dynamodb_streams_access();
AccessTable iam_access(const Lookups& lookups);
AccessTable iot_access();
AccessTable lambda_access();
AccessTable logs_access();
AccessTable s3_access();
AccessTable sqs_access();
AccessTable sts_access();

// By the name of a service's operations table ("streams.dynamodb").
class AccessRules {
 public:
  explicit AccessRules(const Lookups& lookups);

  // nullptr for an operation that nobody serves.
  const AccessRule* find(std::string_view service, std::string_view operation) const;

 private:
  std::map<std::string, AccessTable, std::less<>> tables_;
};

}  // namespace votemu::authorization
