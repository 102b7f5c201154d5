#include "services/lambda/resource_policy.h"

#include <algorithm>

#include "core/members.h"

namespace votemu::lambda {
namespace {

using core::Json;

// '*' stands for any text, '?' for one character.
bool is_like(std::string_view text, std::string_view pattern) {
  std::size_t at = 0;
  std::size_t in = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_at = 0;
  while (at < text.size()) {
    if (in < pattern.size() && pattern[in] == '*') {
      star = in++;
      star_at = at;
    } else if (in < pattern.size() && (pattern[in] == '?' || pattern[in] == text[at])) {
      ++in;
      ++at;
    } else if (star != std::string_view::npos) {
      in = star + 1;
      at = ++star_at;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in) == std::string_view::npos;
}

bool is_for(const Json& statement, std::string_view service) {
  const Json& principal = statement["Principal"];
  return principal == "*" || core::string_member(principal, "Service") == service;
}

bool is_invocation(const std::string& action) {
  return action == "*" || action == "lambda:*" || action == "lambda:InvokeFunction";
}

// Of the conditions that AddPermission can make, an organization is nobody's here.
bool conditions_hold(const Json& statement, std::string_view account, std::string_view source_arn) {
  const Json* conditions = core::find_member(statement, "Condition");
  if (!conditions) return true;
  if (const Json* arns = core::find_member(*conditions, "ArnLike")) {
    const auto pattern = core::string_member(*arns, "AWS:SourceArn");
    if (pattern && !is_like(source_arn, *pattern)) return false;
  }
  const Json* texts = core::find_member(*conditions, "StringEquals");
  if (!texts) return true;
  const auto wanted = core::string_member(*texts, "AWS:SourceAccount");
  return (!wanted || *wanted == account) && !texts->contains("aws:PrincipalOrgID");
}

}  // namespace

Json policy_statements(const Function& function) {
  return function.row.contains("Policy") ? function.row["Policy"] : Json::array();
}

std::string policy_text(const Json& statements) {
  return core::dump_json({{"Version", "2012-10-17"}, {"Id", "default"}, {"Statement", statements}});
}

bool policy_allows(const Function& function, std::string_view service, std::string_view account,
                   std::string_view source_arn) {
  const Json* statements = core::find_member(function.row, "Policy");
  if (!statements) return false;
  return std::any_of(statements->begin(), statements->end(), [&](const Json& statement) {
    return is_for(statement, service) && is_invocation(statement["Action"].get<std::string>()) &&
           conditions_hold(statement, account, source_arn);
  });
}

}  // namespace votemu::lambda
