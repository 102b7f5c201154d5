#include "authorization/resource_policies.h"

#include <algorithm>
#include <string_view>

#include "core/aws_error.h"

namespace votemu::authorization {
namespace {

// "arn:aws:SERVICE:…"
bool has_policies(std::string_view arn) {
  for (int skipped = 0; skipped < 2 && !arn.empty(); ++skipped) {
    arn.remove_prefix(std::min(arn.find(':'), arn.size() - 1) + 1);
  }
  return arn.starts_with("sqs:") || arn.starts_with("s3:") || arn.starts_with("lambda:");
}

}  // namespace

std::string ResourcePolicies::text_of(const core::Scope& scope, const core::Arn& arn) const {
  if (arn.service == "sqs") return sqs_.policy(arn.text());
  if (arn.service == "s3") {
    return s3_.bucket_policy(scope, arn.resource.substr(0, arn.resource.find('/')));
  }
  constexpr std::string_view function = "function:";
  if (arn.service == "lambda" && arn.resource.starts_with(function)) {
    const std::string name = arn.resource.substr(function.size());
    return lambda_.policy(arn.scope(), name.substr(0, name.find(':')));
  }
  return "";
}

std::optional<iam::PolicyDocument> ResourcePolicies::find(const core::Scope& scope,
                                                          const std::string& resource_arn) const {
  if (!has_policies(resource_arn)) return std::nullopt;
  const auto arn = core::Arn::parse(resource_arn);
  if (!arn) return std::nullopt;
  const std::string text = text_of(scope, *arn);
  if (text.empty()) return std::nullopt;
  try {
    return iam::parse_policy_document(text, iam::PolicyUse::resource);
  } catch (const core::AwsError&) {
    return std::nullopt;
  }
}

}  // namespace votemu::authorization
