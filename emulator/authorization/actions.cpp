#include "authorization/actions.h"

#include <utility>

#include "core/members.h"

namespace votemu::authorization {

std::string Call::text(std::string_view member) const {
  const core::Json* found = core::find_member(members, member);
  return found && found->is_string() ? found->get<std::string>() : "";
}

std::string Call::arn(std::string_view service, const std::string& resource) const {
  return core::Arn::in(scope, service, resource).text();
}

AccessRule asks(std::string action, ResourceRule resource) {
  return [action = std::move(action), resource = std::move(resource)](const Call& call) {
    return Accesses{{action, resource(call)}};
  };
}

AccessRule asks(std::string action) {
  return asks(std::move(action), [](const Call&) { return std::string("*"); });
}

AccessRule asks_nothing() {
  return [](const Call&) { return Accesses{}; };
}

ResourceRule arn_in(std::string member) {
  return [member = std::move(member)](const Call& call) { return call.text(member); };
}

void add_pass_role(Accesses& accesses, const std::string& role_arn, std::string_view to_service) {
  if (role_arn.empty()) return;
  accesses.push_back(
      {"iam:PassRole", role_arn, {{"iam:PassedToService", {std::string(to_service)}}}});
}

AccessRules::AccessRules(const Lookups& lookups) {
  tables_["apigateway"] = apigateway_access();
  tables_["cloudformation"] = cloudformation_access();
  tables_["cognito-identity"] = cognito_identity_access();
  tables_["cognito-idp"] = cognito_idp_access();
  tables_["dynamodb"] = dynamodb_access(lookups);
  tables_["streams.dynamodb"] = dynamodb_streams_access();
  tables_["iam"] = iam_access(lookups);
  tables_["iot"] = tables_["iotdata"] = iot_access();
  tables_["lambda"] = lambda_access();
  tables_["logs"] = logs_access();
  tables_["s3"] = s3_access();
  tables_["sqs"] = sqs_access();
  tables_["sts"] = sts_access();
}

const AccessRule* AccessRules::find(std::string_view service, std::string_view operation) const {
  const auto table = tables_.find(service);
  if (table == tables_.end()) return nullptr;
  const auto found = table->second.find(operation);
  return found == table->second.end() ? nullptr : &found->second;
}

}  // namespace votemu::authorization
