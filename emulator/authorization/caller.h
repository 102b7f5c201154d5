// Who asks, as policies and AWS's messages know them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/access.h"
#include "core/ids.h"
#include "core/temporary_credentials.h"
#include "services/iam/evaluation.h"

namespace votemu::authorization {

// Whoever comes with long-term credentials is the account itself: it may do everything in it.
struct Caller {
  core::Scope scope;  // the account is the caller's own
  std::optional<core::SessionClaims> session = {};
  bool anonymous = false;  // the request was not signed
  bool secure = false;     // it came over TLS
  std::string source_ip = "127.0.0.1";
  std::string user_agent = {};

  // "arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION", "arn:aws:iam::ACCOUNT:root", "anonymous".
  std::string arn() const;
  bool has_role() const { return session && !session->role_arn.empty(); }
};

// As the principals of resource-based policies name the caller.
iam::Requester requester_of(const Caller& caller);

// The condition keys that do not change from one request of the caller to the next.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
std::vector<core::ConditionKey> keys_of(const Caller& caller);
std::vector<core::ConditionKey> keys_of(const core::WebIdentity& identity);

}  // namespace votemu::authorization
