#include "authorization/caller.h"

#include <utility>

#include "core/role_arn.h"

namespace votemu::authorization {
namespace {

std::string identity_provider(const Caller& caller) {
  return caller.has_role() && caller.session->web_identity ? caller.session->web_identity->provider
                                                           : "";
}

}  // namespace

std::string Caller::arn() const {
  if (anonymous) return "anonymous";
  if (!has_role()) return "arn:aws:iam::" + scope.account + ":root";
  const auto role = core::RoleArn::parse(session->role_arn);
  return role ? role->assumed(session->session_name) : session->role_arn;
}

iam::Requester requester_of(const Caller& caller) {
  iam::Requester requester;
  if (caller.anonymous) return requester;
  requester.account = caller.scope.account;
  requester.arn = caller.arn();
  if (caller.has_role()) requester.role_arn = caller.session->role_arn;
  requester.identity_provider = identity_provider(caller);
  return requester;
}

std::vector<core::ConditionKey> keys_of(const Caller& caller) {
  std::vector<core::ConditionKey> keys{
      {"aws:SourceIp", {caller.source_ip}},
      {"aws:SecureTransport", {caller.secure ? "true" : "false"}},
      {"aws:RequestedRegion", {caller.scope.region}},
      {"aws:ViaAWSService", {"false"}},
      {"aws:PrincipalIsAWSService", {"false"}},
  };
  if (!caller.user_agent.empty()) keys.push_back({"aws:UserAgent", {caller.user_agent}});
  if (caller.anonymous) {
    keys.push_back({"aws:PrincipalType", {"Anonymous"}});
    return keys;
  }
  keys.push_back({"aws:PrincipalAccount", {caller.scope.account}});
  if (!caller.has_role()) {
    keys.push_back({"aws:PrincipalType", {"Account"}});
    keys.push_back({"aws:PrincipalArn", {caller.arn()}});
    keys.push_back({"aws:userid", {caller.scope.account}});
    return keys;
  }
  keys.push_back({"aws:PrincipalType", {"AssumedRole"}});
  keys.push_back({"aws:PrincipalArn", {caller.session->role_arn}});
  keys.push_back({"aws:userid", {caller.session->assumed_role_id}});
  if (const auto& identity = caller.session->web_identity) {
    for (auto& key : keys_of(*identity)) keys.push_back(std::move(key));
  }
  return keys;
}

std::vector<core::ConditionKey> keys_of(const core::WebIdentity& identity) {
  return {{identity.provider + ":sub", {identity.subject}},
          {identity.provider + ":aud", {identity.audience}},
          {identity.provider + ":amr", identity.methods},
          {"aws:FederatedProvider", {identity.provider}}};
}

}  // namespace votemu::authorization
