// IAM roles as those name them who lend their rights: STS and Cognito, which do not see IAM.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace votemu::core {

// arn:aws:iam::ACCOUNT:role/PATH/NAME
struct RoleArn {
  std::string account;
  std::string name;  // without its path
  std::string text;  // the whole ARN

  // nullopt when the text is no role's ARN.
  static std::optional<RoleArn> parse(std::string_view text);

  // arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION
  std::string assumed(std::string_view session_name) const;
};

// What is known of a role that exists.
struct KnownRole {
  std::string id;  // "AROA…"
  std::int64_t max_session_s = 3'600;
};

// nullopt for a role that nobody has created.
using RoleLookup = std::function<std::optional<KnownRole>(const RoleArn&)>;

// The role's id; for a role that nobody has created one that follows from its ARN.
std::string role_id(const RoleLookup& lookup, const RoleArn& role);

}  // namespace votemu::core
