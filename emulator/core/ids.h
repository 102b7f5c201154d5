// Accounts, regions and Amazon Resource Names.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace votemu::core {

inline constexpr std::string_view default_account = "000000000000";
inline constexpr std::string_view default_region = "us-east-1";

// Whose state a request sees. Nothing is shared between scopes.
struct Scope {
  std::string account{default_account};
  std::string region{default_region};
  auto operator<=>(const Scope&) const = default;
};

// arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE
struct Arn {
  std::string service;
  std::string region;
  std::string account;
  std::string resource;  // everything after the account, colons included

  static Arn in(const Scope& scope, std::string_view service, std::string_view resource);
  static std::optional<Arn> parse(std::string_view text);

  std::string text() const;
  Scope scope() const { return {account, region}; }
};

}  // namespace votemu::core
