// AddPermission, RemovePermission, GetPolicy: a function's resource policy.
#include <algorithm>
#include <cctype>

#include "core/access_key.h"
#include "core/members.h"
#include "services/lambda/changed_row.h"
#include "services/lambda/limits.h"
#include "services/lambda/operations.h"
#include "services/lambda/resource_policy.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

using core::Json;
using core::RequestContext;

std::string statement_id_member(const Json& request) {
  std::string id = required_string(request, "StatementId");
  constexpr std::size_t longest = 100;
  const bool valid = !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  });
  if (!valid) {
    throw constraint_error(id, "statementId",
                           "Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)");
  }
  if (id.size() > longest) {
    throw constraint_error(id, "statementId", "Member must have length less than or equal to 100");
  }
  return id;
}

// A service, an account, an ARN or everyone.
Json principal_member(const Json& request) {
  const std::string principal = required_string(request, "Principal");
  if (principal == "*") return "*";
  if (core::is_account_id(principal)) return {{"AWS", "arn:aws:iam::" + principal + ":root"}};
  if (principal.starts_with("arn:")) return {{"AWS", principal}};
  if (principal.find('.') != std::string::npos) return {{"Service", principal}};
  throw invalid_parameter(
      "The provided principal was invalid. Please check the principal and try "
      "again.");
}

std::string action_member(const Json& request) {
  std::string action = required_string(request, "Action");
  const std::string_view verb =
      action.starts_with("lambda:") ? std::string_view(action).substr(7) : std::string_view();
  const bool named = !verb.empty() && std::all_of(verb.begin(), verb.end(), [](char c) {
    return std::isalpha(static_cast<unsigned char>(c)) != 0;
  });
  if (action != "*" && verb != "*" && !named) {
    throw constraint_error(
        action, "action",
        "Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])");
  }
  return action;
}

Json conditions_of(const Json& request) {
  Json conditions = Json::object();
  if (const auto arn = core::string_member(request, "SourceArn")) {
    conditions["ArnLike"]["AWS:SourceArn"] = *arn;
  }
  if (const auto account = core::string_member(request, "SourceAccount")) {
    conditions["StringEquals"]["AWS:SourceAccount"] = *account;
  }
  if (const auto organization = core::string_member(request, "PrincipalOrgID")) {
    conditions["StringEquals"]["aws:PrincipalOrgID"] = *organization;
  }
  return conditions;
}

void put_policy(State& state, const Function& function, Json statements) {
  Json row = function.row;
  row["PolicyRevisionId"] = state.runtime.random.uuid();
  row["Policy"] = std::move(statements);
  state.functions.put(function.scope, function.name, std::move(row));
}

Json add_permission(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  const std::string id = statement_id_member(request);
  Json statement = {{"Sid", id},
                    {"Effect", "Allow"},
                    {"Principal", principal_member(request)},
                    {"Action", action_member(request)},
                    {"Resource", function->arn}};
  Json conditions = conditions_of(request);
  if (!conditions.empty()) statement["Condition"] = std::move(conditions);

  Json statements = policy_statements(*function);
  for (const Json& other : statements) {
    if (other["Sid"] != id) continue;
    throw conflict("The statement id (" + id +
                   ") provided already exists. Please provide a new statement id, or remove the "
                   "existing statement.");
  }
  const std::string text = core::dump_json(statement);
  statements.push_back(std::move(statement));
  const std::size_t size = policy_text(statements).size();
  if (size > limits::max_policy_bytes) {
    throw core::AwsError(
        "PolicyLengthExceededException",
        "The final policy size (" + std::to_string(size) + ") is bigger than the limit (20480).");
  }
  put_policy(state, *function, std::move(statements));
  return {{"Statement", text}};
}

Json remove_permission(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  const std::string id = required_string(request, "StatementId");
  Json statements = policy_statements(*function);
  if (statements.empty()) throw not_found("No policy is associated with the given resource.");
  const auto found = std::find_if(statements.begin(), statements.end(),
                                  [&](const Json& statement) { return statement["Sid"] == id; });
  if (found == statements.end()) {
    throw not_found("Statement " + id + " is not found in resource policy.");
  }
  statements.erase(found);
  put_policy(state, *function, std::move(statements));
  return Json::object();
}

Json get_policy(State& state, const RequestContext& context, const Json& request) {
  const FunctionPtr function = state.functions.existing(context.scope, request);
  const Json statements = policy_statements(*function);
  if (statements.empty()) throw not_found("The resource you requested does not exist.");
  return {{"Policy", policy_text(statements)}, {"RevisionId", function->row["PolicyRevisionId"]}};
}

}  // namespace

void add_permission_operations(core::OperationTable& table, State& state) {
  add_operation(table, state, "AddPermission", add_permission);
  add_operation(table, state, "RemovePermission", remove_permission);
  add_operation(table, state, "GetPolicy", get_policy);
}

}  // namespace votemu::lambda
