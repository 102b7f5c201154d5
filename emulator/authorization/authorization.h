// Whether a caller may do what it asks for: the policies of roles, sessions and resources,
// evaluated as IAM does, and what is answered to who may not.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
//
// A role that nobody has created may do nothing. What a stack's resources ask for is not asked of
// who deploys it: they are made with the rights of the account.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "authorization/actions.h"
#include "authorization/caller.h"
#include "authorization/mode.h"
#include "authorization/report.h"
#include "authorization/resource_policies.h"
#include "core/access.h"
#include "core/role_trust.h"
#include "core/runtime.h"
#include "services/dynamodb/service.h"
#include "services/iam/evaluation.h"
#include "services/iam/role_cache.h"
#include "services/iam/service.h"

namespace votemu::authorization {

// Whose policies and names are looked up. They may be made later: nothing is asked of them before
// the first decision.
struct Sources {
  const iam::Service& iam;
  const dynamodb::Service& dynamodb;
  const lambda::Service& lambda;
  const s3::Service& s3;
  const sqs::Service& sqs;
};

class Authorization {
 public:
  Authorization(core::Runtime& runtime, Sources sources, Mode mode = Mode::off);
  Authorization(const Authorization&) = delete;
  Authorization& operator=(const Authorization&) = delete;

  Mode mode() const { return mode_; }

  // What guests call before they have credentials. These need no permission and no signature.
  static bool is_public(std::string_view service, std::string_view operation);

  // `service` is the operation's table ("streams.dynamodb"), `request` its members. Throws AwsError
  // in the service's own words when the caller may not; in Mode::warn only logs.
  void check(const Caller& caller, std::string_view service, std::string_view operation,
             const core::Json& request) const;

  // For one caller over some time, as an MQTT connection; nullptr in Mode::off. Must not outlive
  // this.
  std::shared_ptr<const core::Authorizer> authorizer_for(Caller caller) const;
  // A function of this process, in the session of its execution role as it is when something is
  // asked.
  std::shared_ptr<const core::Authorizer> authorizer_for_function(
      const core::Scope& scope, const std::string& role_arn,
      const std::string& function_name) const;

  // For those who lend a role's rights. Works as long as this.
  core::RoleTrust role_trust() const;

 private:
  class For;
  class ForFunction;
  struct Asker;

  std::optional<std::string> denial(const Asker& asker, const core::Access& access) const;
  iam::Decision decide(const Asker& asker, const core::Access& access,
                       const iam::PolicyDocument* trust = nullptr) const;
  Asker asker_for(Caller caller) const;
  // nullptr when the session's role is no longer there.
  std::shared_ptr<const iam::RolePolicies> role_of(const core::SessionClaims& session) const;
  Caller function_caller(const core::Scope& scope, const std::string& role_arn,
                         const std::string& function_name) const;
  bool is_trusted(const core::RoleArn& role, const core::RoleRequest& request) const;
  void report(const std::string& denied, const std::string& hint) const;

  core::Runtime& runtime_;
  const Sources sources_;
  const ResourcePolicies resource_policies_;
  const Mode mode_;
  const AccessRules rules_;
  mutable iam::RoleCache roles_;
  mutable Report report_;
};

}  // namespace votemu::authorization
