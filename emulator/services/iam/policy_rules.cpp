#include "services/iam/policy_rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "core/access_key.h"
#include "core/ids.h"
#include "core/text.h"
#include "services/iam/errors.h"

namespace votemu::iam {
namespace {

// Identity policies.

constexpr std::array iam_paths = {"user/",
                                  "federated-user/",
                                  "role/",
                                  "group/",
                                  "instance-profile/",
                                  "mfa/",
                                  "server-certificate/",
                                  "policy/",
                                  "sms-mfa/",
                                  "saml-provider/",
                                  "oidc-provider/",
                                  "report/",
                                  "access-report/"};

std::string iam_path_problem() {
  std::string listed;
  for (const std::string path : iam_paths) listed += (listed.empty() ? "" : ", ") + path;
  return "IAM resource path must either be \"*\" or start with " + listed + ".";
}

// The components of "arn:PARTITION:VENDOR:REGION:ACCOUNT:PATH"; the path keeps its colons.
std::vector<std::string> components(std::string_view resource) {
  constexpr std::size_t most = 6;
  std::vector<std::string> parts;
  while (parts.size() + 1 < most) {
    const auto colon = resource.find(':');
    if (colon == std::string_view::npos) break;
    parts.emplace_back(resource.substr(0, colon));
    resource.remove_prefix(colon + 1);
  }
  parts.emplace_back(resource);
  return parts;
}

std::string partition_problem(std::vector<std::string> parts) {
  parts.resize(6, "*");
  std::string arn = "arn";
  for (std::size_t i = 1; i < parts.size(); ++i) arn += ":" + parts[i];
  return "Partition \"" + parts[1] + "\" is not valid for resource \"" + arn + "\".";
}

std::optional<std::string> resource_problem(const std::string& resource) {
  if (resource == "*") return std::nullopt;
  const auto parts = components(resource);
  if (parts.size() < 2 || parts[0] != "arn") {
    return "Resource " + resource + " must be in ARN format or \"*\".";
  }
  if (parts[1] != "aws" && parts[1] != "*") return partition_problem(parts);
  if (parts.size() < 3 || parts[2].find_first_of("*?") != std::string::npos) {
    return "Resource vendor must be fully qualified and cannot contain regexes.";
  }
  if (parts.size() < 6 || parts[2].empty()) return "The policy failed legacy parsing";
  if (parts[2] == "iam" && !parts[3].empty()) {
    return "IAM resource " + resource + " cannot contain region information.";
  }
  if (parts[2] == "s3" && !parts[3].empty()) {
    return "Resource " + resource + " can not contain region information.";
  }
  const bool known_path = parts[5] == "*" || std::ranges::any_of(iam_paths, [&](const char* path) {
                            return parts[5].starts_with(path);
                          });
  if (parts[2] == "iam" && !known_path) return iam_path_problem();
  return std::nullopt;
}

std::optional<std::string> action_problem(const std::string& action) {
  if (action == "*") return std::nullopt;
  const auto colons = std::ranges::count(action, ':');
  if (colons == 0) {
    return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  }
  if (colons > 1) return "Actions/Condition can contain only one colon.";
  const std::string vendor = action.substr(0, action.find(':'));
  const bool valid = vendor == "*" || std::ranges::all_of(vendor, [](char c) {
                       return core::is_alphanumeric(c) || c == '-' || c == '.';
                     });
  if (!valid) return "Vendor " + vendor + " is not valid";
  return std::nullopt;
}

void check_sids(const PolicyDocument& document) {
  std::set<std::string> seen;
  for (const auto& statement : document.statements) {
    if (statement.sid.empty()) continue;
    if (!std::ranges::all_of(statement.sid, core::is_alphanumeric)) {
      throw malformed_policy(
          "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular "
          "expression [0-9A-Za-z]*");
    }
    if (!seen.insert(statement.sid).second) {
      throw malformed_policy("Statement IDs (SID) in a single policy must be unique.");
    }
  }
}

void check_identity_policy(const PolicyDocument& document) {
  check_sids(document);
  for (const auto& statement : document.statements) {
    if (statement.actions.values.empty()) {
      throw malformed_policy("Policy statement must contain actions.");
    }
  }
  for (const auto& statement : document.statements) {
    if (statement.resources.values.empty()) {
      throw malformed_policy("Policy statement must contain resources.");
    }
  }
  for (const auto& statement : document.statements) {
    for (const auto& resource : statement.resources.values) {
      if (const auto problem = resource_problem(resource)) throw malformed_policy(*problem);
    }
  }
  for (const auto& statement : document.statements) {
    for (const auto& action : statement.actions.values) {
      if (const auto problem = action_problem(action)) throw malformed_policy(*problem);
    }
  }
}

// Trust policies.

bool is_aws_principal(const std::string& name) {
  if (name == "*" || core::is_account_id(name)) return true;
  const auto arn = core::Arn::parse(name);
  if (!arn || !arn->region.empty() || !core::is_account_id(arn->account)) return false;
  const std::string& resource = arn->resource;
  if (arn->service == "sts") {
    return resource.starts_with("assumed-role/") || resource.starts_with("federated-user/");
  }
  return arn->service == "iam" &&
         (resource == "root" || resource.starts_with("user/") || resource.starts_with("role/"));
}

bool is_service_principal(const std::string& name) {
  constexpr std::array domains = {".amazonaws.com", ".amazonaws.com.cn", ".amazon.com",
                                  ".aws.internal"};
  return std::ranges::any_of(domains, [&](const char* domain) { return name.ends_with(domain); });
}

bool is_federated_principal(const std::string& name) {
  constexpr std::array providers = {"cognito-identity.amazonaws.com", "accounts.google.com",
                                    "graph.facebook.com", "www.amazon.com"};
  if (std::ranges::any_of(providers, [&](const char* known) { return name == known; })) return true;
  const auto arn = core::Arn::parse(name);
  return arn && arn->service == "iam" &&
         (arn->resource.starts_with("saml-provider/") ||
          arn->resource.starts_with("oidc-provider/"));
}

void check_principal(const Principal& principal) {
  const auto invalid = [&](const std::string& type) {
    return malformed_policy("Invalid principal in policy: \"" + type + "\":\"" + principal.value +
                            "\"");
  };
  if (principal.type.empty()) {
    if (principal.value != "*") throw invalid("AWS");
    throw malformed_policy("AssumeRolepolicy contained an invalid principal: \"STAR\":\"*\".");
  }
  if (principal.type == "AWS") {
    if (!is_aws_principal(principal.value)) throw invalid("AWS");
  } else if (principal.type == "Service") {
    if (!is_service_principal(principal.value)) throw invalid("SERVICE");
  } else if (principal.type == "Federated") {
    if (!is_federated_principal(principal.value)) throw invalid("FEDERATED");
  } else if (principal.type != "CanonicalUser") {
    throw malformed_policy("Unknown field " + principal.type);
  }
}

bool is_trust_action(const std::string& action) {
  constexpr std::array known = {"sts:*",
                                "sts:AssumeRole",
                                "sts:AssumeRole*",
                                "sts:AssumeRoleWithSAML",
                                "sts:AssumeRoleWithWebIdentity",
                                "sts:SetContext",
                                "sts:SetSourceIdentity",
                                "sts:TagSession"};
  return std::ranges::any_of(
      known, [&](const char* name) { return core::equals_ignoring_case(action, name); });
}

void check_trust_statement(const Statement& statement) {
  if (!statement.principals_given) throw malformed_policy("Missing required field Principal");
  if (statement.principals.empty()) {
    throw malformed_policy("Missing required field Principal cannot be empty!");
  }
  if (statement.actions.values.empty()) throw malformed_policy("Missing required field Action");
  for (const auto& principal : statement.principals) check_principal(principal);
  for (const auto& action : statement.actions.values) {
    if (!is_trust_action(action)) {
      throw malformed_policy("AssumeRole policy may only specify STS AssumeRole actions.");
    }
  }
}

}  // namespace

void check_policy_rules(const PolicyDocument& document, PolicyUse use) {
  if (use == PolicyUse::resource) return;
  if (use == PolicyUse::trust) {
    for (const auto& statement : document.statements) check_trust_statement(statement);
    return;
  }
  if (use == PolicyUse::managed && document.version != "2012-10-17") {
    throw malformed_policy("Policy document must be version 2012-10-17 or greater.");
  }
  check_identity_policy(document);
}

}  // namespace votemu::iam
