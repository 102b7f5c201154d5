#include "authorization/authorization.h"

#include <array>
#include <set>
#include <utility>

#include "authorization/errors.h"
#include "authorization/guest_policy.h"
#include "authorization/limits.h"
#include "authorization/plain_policies.h"
#include "core/access_key.h"
#include "core/calendar.h"

namespace votemu::authorization {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> public_operations{{
    {"cognito-identity", "GetId"},
    {"cognito-identity", "GetCredentialsForIdentity"},
    {"cognito-identity", "GetOpenIdToken"},
    {"sts", "AssumeRoleWithWebIdentity"},
}};

Lookups lookups_in(const Sources& sources) {
  return {[&iam = sources.iam](const std::string& account, const std::string& name) {
            const auto role = iam.find_role(account, name);
            return role ? role->role.arn() : "arn:aws:iam::" + account + ":role/" + name;
          },
          [&dynamodb = sources.dynamodb](const core::Scope& scope, const std::string& table) {
            return dynamodb.partition_key(scope, table);
          }};
}

std::string account_of(const std::string& resource_arn) {
  const auto arn = core::Arn::parse(resource_arn);
  return arn && core::is_account_id(arn->account) ? arn->account : "";
}

void add_role_tags(std::vector<core::ConditionKey>& keys, const iam::Role& role) {
  for (const auto& tag : role.tags) keys.push_back({"aws:PrincipalTag/" + tag.key, {tag.value}});
}

// A policy that was taken unread allows nothing when it cannot be evaluated.
iam::PolicyDocument session_policy(const std::string& text) {
  try {
    return iam::parse_policy_document(text, iam::PolicyUse::inlined);
  } catch (const core::AwsError&) {
    return {};
  }
}

std::vector<core::ConditionKey> moment_keys(std::int64_t now_ms) {
  return {{"aws:CurrentTime", {core::iso8601_s(now_ms)}},
          {"aws:EpochTime", {std::to_string(now_ms / 1'000)}}};
}

Caller caller_of(const core::RoleRequest& request) {
  Caller caller;
  caller.scope.account = request.account;
  caller.session = request.caller;
  return caller;
}

core::Access access_of(const core::RoleArn& role, const core::RoleRequest& request) {
  core::Access access{request.action, role.text};
  access.context.push_back({"sts:RoleSessionName", {request.session_name}});
  if (!request.external_id.empty()) {
    access.context.push_back({"sts:ExternalId", {request.external_id}});
  }
  return access;
}

std::string request_text(const core::RoleArn& role, const core::RoleRequest& request) {
  const std::string who = request.identity
                              ? request.identity->subject + " of " + request.identity->audience
                              : caller_of(request).arn();
  return "User: " + who + " is not authorized to perform: " + request.action +
         " on resource: " + role.text;
}

iam::Policies::Documents pointers(const std::vector<iam::PolicyDocument>& documents) {
  iam::Policies::Documents pointers;
  for (const auto& document : documents) pointers.push_back(&document);
  return pointers;
}

}  // namespace

// A caller with what does not change while it asks.
struct Authorization::Asker {
  Caller caller;
  iam::Requester requester;
  std::vector<core::ConditionKey> keys;
  std::vector<iam::PolicyDocument> session_policies;
};

class Authorization::For final : public core::Authorizer {
 public:
  For(const Authorization& authorization, Asker asker)
      : authorization_(authorization), asker_(std::move(asker)) {}

  std::optional<std::string> denial(const core::Access& access) const override {
    return authorization_.denial(asker_, access);
  }

 private:
  const Authorization& authorization_;
  const Asker asker_;
};

// Knows what it has allowed until a role or policy changes, as far as that follows from those
// alone.
class Authorization::ForFunction final : public core::Authorizer {
 public:
  ForFunction(const Authorization& authorization, core::Scope scope, std::string role_arn,
              std::string function_name)
      : authorization_(authorization),
        scope_(std::move(scope)),
        role_arn_(std::move(role_arn)),
        function_name_(std::move(function_name)) {}

  std::optional<std::string> denial(const core::Access& access) const override {
    const auto version = authorization_.sources_.iam.settled_version();
    if (!version) return authorization_.denial(asker(), access);
    if (version != version_) take_up(*version);
    const bool plain =
        plain_ && access.context.empty() &&
        !authorization_.resource_policies_.find(asker_.caller.scope, access.resource);
    const std::string question = access.action + " " + access.resource;
    if (plain && allowed_.contains(question)) return std::nullopt;
    auto why = authorization_.denial(asker_, access);
    if (plain && !why) {
      if (allowed_.size() >= limits::max_known_allowances) allowed_.clear();
      allowed_.insert(question);
    }
    return why;
  }

 private:
  Asker asker() const {
    return authorization_.asker_for(
        authorization_.function_caller(scope_, role_arn_, function_name_));
  }
  void take_up(std::uint64_t version) const {
    version_ = version;
    asker_ = asker();
    allowed_.clear();
    const auto role = authorization_.role_of(*asker_.caller.session);
    plain_ = role && is_plain(*role);
  }

  const Authorization& authorization_;
  const core::Scope scope_;
  const std::string role_arn_;
  const std::string function_name_;
  mutable std::optional<std::uint64_t> version_;  // of IAM, to which all below belongs
  mutable Asker asker_;
  mutable std::set<std::string> allowed_;
  mutable bool plain_ = false;
};

Authorization::Authorization(core::Runtime& runtime, Sources sources, Mode mode)
    : runtime_(runtime),
      sources_(sources),
      resource_policies_(sources.sqs, sources.s3, sources.lambda),
      mode_(mode),
      rules_(lookups_in(sources)),
      roles_(sources.iam),
      report_(runtime.log, "iam") {}

bool Authorization::is_public(std::string_view service, std::string_view operation) {
  for (const auto& known : public_operations) {
    if (known.first == service && known.second == operation) return true;
  }
  return false;
}

void Authorization::check(const Caller& caller, std::string_view service,
                          std::string_view operation, const core::Json& request) const {
  if (mode_ == Mode::off || is_public(service, operation)) return;
  const AccessRule* rule = rules_.find(service, operation);
  if (!rule) return;
  const Asker asker = asker_for(caller);
  for (const auto& access : (*rule)({caller.scope, request})) {
    const auto why = denial(asker, access);
    if (why) throw denied(service, caller, access, *why);
  }
}

std::shared_ptr<const core::Authorizer> Authorization::authorizer_for(Caller caller) const {
  if (mode_ == Mode::off) return nullptr;
  return std::make_shared<const For>(*this, asker_for(std::move(caller)));
}

std::shared_ptr<const core::Authorizer> Authorization::authorizer_for_function(
    const core::Scope& scope, const std::string& role_arn, const std::string& function_name) const {
  if (mode_ == Mode::off) return nullptr;
  return std::make_shared<const ForFunction>(*this, scope, role_arn, function_name);
}

Caller Authorization::function_caller(const core::Scope& scope, const std::string& role_arn,
                                      const std::string& function_name) const {
  Caller caller{scope};
  caller.secure = true;
  caller.session = core::SessionClaims{scope.account, role_arn, "", function_name, std::nullopt};
  if (const auto role = core::RoleArn::parse(role_arn)) {
    caller.scope.account = caller.session->account = role->account;
    caller.session->assumed_role_id =
        core::role_id(sources_.iam.role_lookup(), *role) + ":" + function_name;
  }
  return caller;
}

// A session that is narrowed by a policy which is not there may do nothing.
Authorization::Asker Authorization::asker_for(Caller caller) const {
  Asker asker;
  asker.caller = std::move(caller);
  asker.requester = requester_of(asker.caller);
  asker.keys = keys_of(asker.caller);
  if (asker.caller.anonymous || !asker.caller.has_role()) return asker;
  const core::SessionClaims& session = *asker.caller.session;
  if (!session.policy.empty()) {
    asker.session_policies.push_back(session_policy(session.policy));
  }
  for (const auto& arn : session.policy_arns) {
    if (arn == core::guest_session_policy_arn) {
      asker.session_policies.push_back(guest_policy());
    } else {
      asker.session_policies.push_back(
          sources_.iam.find_managed_policy(session.account, arn).value_or(iam::PolicyDocument()));
    }
  }
  return asker;
}

// A session ends with its role: another that is made by the same name is not the one it is of.
std::shared_ptr<const iam::RolePolicies> Authorization::role_of(
    const core::SessionClaims& session) const {
  auto role = roles_.find(session.role_arn);
  return role && session.assumed_role_id.starts_with(role->role.id + ":") ? role : nullptr;
}

iam::Decision Authorization::decide(const Asker& asker, const core::Access& access,
                                    const iam::PolicyDocument* trust) const {
  const std::string owner = account_of(access.resource);
  auto moment = moment_keys(runtime_.clock.now_ms());
  moment.push_back({"aws:ResourceAccount", {owner.empty() ? asker.caller.scope.account : owner}});

  iam::Policies policies;
  std::shared_ptr<const iam::RolePolicies> role;
  if (!asker.caller.anonymous) {
    policies.cross_account = !owner.empty() && owner != asker.requester.account;
    policies.is_root = !asker.caller.has_role();
  }
  if (asker.caller.has_role()) role = role_of(*asker.caller.session);
  if (role) {
    for (const auto& policy : role->inlined) policies.identity.push_back(&policy.document);
    for (const auto& policy : role->attached) policies.identity.push_back(&policy.document);
    if (role->boundary) policies.boundary.push_back(&role->boundary->document);
    add_role_tags(moment, role->role);
  }
  policies.session = pointers(asker.session_policies);
  std::optional<iam::PolicyDocument> of_resource;
  if (trust) {
    policies.resource = {trust};
  } else if ((of_resource = resource_policies_.find(asker.caller.scope, access.resource))) {
    policies.resource = {&*of_resource};
  }
  const iam::RequestKeys keys(access.context, asker.keys, moment);
  return iam::evaluate(policies, {access, asker.requester, keys});
}

std::optional<std::string> Authorization::denial(const Asker& asker,
                                                 const core::Access& access) const {
  const iam::Decision decision = decide(asker, access);
  if (decision.allowed()) return std::nullopt;
  std::string text = denial_text(asker.caller, access, decision);
  const bool unknown_role = asker.caller.has_role() && !role_of(*asker.caller.session);
  report(text, unknown_role ? "there is no role " + asker.caller.session->role_arn : "");
  if (mode_ != Mode::enforce) return std::nullopt;
  return text;
}

void Authorization::report(const std::string& denied, const std::string& hint) const {
  report_.tell((mode_ == Mode::warn ? "would be denied: " : "denied: ") + denied +
               (hint.empty() ? "" : " (" + hint + ")"));
}

core::RoleTrust Authorization::role_trust() const {
  if (mode_ == Mode::off) return {};
  return {[this](const core::RoleArn& role, const core::RoleRequest& request) {
            if (is_trusted(role, request)) return true;
            report(request_text(role, request),
                   roles_.find(role.text) ? "" : "there is no role " + role.text);
            return mode_ != Mode::enforce;
          },
          [](const std::string& policy) {
            iam::parse_policy_document(policy, iam::PolicyUse::inlined);
          }};
}

// A web identity has nothing but the trust policy; a caller of the role's account may also need
// policies of its own.
bool Authorization::is_trusted(const core::RoleArn& role, const core::RoleRequest& request) const {
  const auto policies = roles_.find(role.text);
  if (!policies) return false;
  const core::Access access = access_of(role, request);
  Asker asker;
  if (request.identity) {
    asker.requester.identity_provider = request.identity->provider;
    asker.keys = keys_of(*request.identity);
  } else {
    asker = asker_for(caller_of(request));
  }
  const auto moment = moment_keys(runtime_.clock.now_ms());
  const iam::RequestKeys keys(access.context, asker.keys, moment);
  const auto trust = iam::trust_of(policies->trust, {access, asker.requester, keys});
  if (request.identity || trust == iam::Trust::denied) return trust == iam::Trust::given;
  return decide(asker, access, &policies->trust).allowed();
}

}  // namespace votemu::authorization
