// Whether policies allow a request: IAM's evaluation logic, without regard to where policies and
// requests come from.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
#pragma once

#include <string>
#include <vector>

#include "core/access.h"
#include "services/iam/policy_document.h"
#include "services/iam/request_keys.h"

namespace votemu::iam {

// Whom the principals of resource-based policies may mean. What does not apply is empty.
struct Requester {
  std::string account;
  std::string arn;       // of the session or of the account's root
  std::string role_arn;  // whose session it is
  std::string identity_provider;
  std::string service;  // "lambda.amazonaws.com", when an AWS service asks
};

// The policies that have a say. What is pointed to is the caller's; an absent kind is empty.
struct Policies {
  using Documents = std::vector<const PolicyDocument*>;

  bool is_root = false;  // needs no identity-based policy
  Documents identity;    // attached to the role and inline
  Documents boundary;
  Documents session;
  Documents resource;
  // Whether the resource is another account's: then both sides must allow.
  bool cross_account = false;
};

struct Request {
  const core::Access& access;
  const Requester& requester;
  const RequestKeys& keys;
};

enum class PolicyKind { identity, boundary, session, resource };

struct Decision {
  enum class Outcome { allowed, implicitly_denied, explicitly_denied };
  Outcome outcome = Outcome::implicitly_denied;
  PolicyKind by = PolicyKind::identity;  // that denies, or does not allow

  bool allowed() const { return outcome == Outcome::allowed; }
};

Decision evaluate(const Policies& policies, const Request& request);

// Whether a trust policy lets the requester assume its role all by itself, or hands the decision
// over to the requester's account.
enum class Trust { denied, account, given };
Trust trust_of(const PolicyDocument& trust_policy, const Request& request);

}  // namespace votemu::iam
