#include "services/lambda/resource_policy.h"

#include <algorithm>

#include "core/members.h"

namespace votemu::lambda {
namespace {

using core::Json;

// '*' stands for any text, '?' for one character.
bool is_like(std::string_view text, std::string_view pattern) {
  // Most of an ARN is written out.
  const auto same = pattern.substr(0, std::min(pattern.find('*'), pattern.find('?')));
  if (!text.starts_with(same)) return false;
  std::size_t at = same.size();
  std::size_t in = same.size();
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

bool is_invocation(const std::string& action) {
  return action == "*" || action == "lambda:*" || action == "lambda:InvokeFunction";
}

// nullopt when the statement is of nobody's, or of no service's use.
std::optional<Grant> grant_of(const Json& statement) {
  Grant grant;
  const Json& principal = statement["Principal"];
  if (principal != "*") {
    grant.service = core::string_member(principal, "Service");
    if (!grant.service) return std::nullopt;
  }
  if (!is_invocation(statement["Action"].get<std::string>())) return std::nullopt;
  const Json* conditions = core::find_member(statement, "Condition");
  if (!conditions) return grant;
  if (const Json* arns = core::find_member(*conditions, "ArnLike")) {
    grant.source_arn = core::string_member(*arns, "AWS:SourceArn");
  }
  if (const Json* texts = core::find_member(*conditions, "StringEquals")) {
    grant.source_account = core::string_member(*texts, "AWS:SourceAccount");
    if (texts->contains("aws:PrincipalOrgID")) return std::nullopt;
  }
  return grant;
}

}  // namespace

Json policy_statements(const Function& function) {
  return function.row.contains("Policy") ? function.row["Policy"] : Json::array();
}

std::string policy_text(const Json& statements) {
  return core::dump_json({{"Version", "2012-10-17"}, {"Id", "default"}, {"Statement", statements}});
}

std::vector<Grant> grants_of(const Json& row) {
  std::vector<Grant> grants;
  const Json* statements = core::find_member(row, "Policy");
  if (!statements) return grants;
  for (const Json& statement : *statements) {
    if (auto grant = grant_of(statement)) grants.push_back(std::move(*grant));
  }
  return grants;
}

bool allows(const Function& function, std::string_view service, std::string_view account,
            std::string_view source_arn) {
  return std::any_of(function.grants.begin(), function.grants.end(), [&](const Grant& grant) {
    return (!grant.service || *grant.service == service) &&
           (!grant.source_account || *grant.source_account == account) &&
           (!grant.source_arn || is_like(source_arn, *grant.source_arn));
  });
}

}  // namespace votemu::lambda
