#include "services/iam/evaluation.h"

#include <algorithm>

#include "core/text.h"
#include "services/iam/conditions.h"
#include "services/iam/pattern.h"
#include "services/iam/principals.h"

namespace votemu::iam {
namespace {

using Outcome = Decision::Outcome;

// Most actions are written out, or up to an asterisk at their end.
bool is_action_like(std::string_view action, std::string_view written, const RequestKeys& keys) {
  const auto wildcard = written.find_first_of("*?");
  const auto plain = written.substr(0, wildcard);
  if (!core::equals_ignoring_case(action.substr(0, plain.size()), plain)) return false;
  if (wildcard == std::string_view::npos) return action.size() == plain.size();
  if (written.substr(wildcard) == "*") return true;
  return read_pattern(written, {keys, false})->matches(action, Case::ignored);
}

bool matches_action(const Patterns& actions, const Request& request) {
  const bool found = std::ranges::any_of(actions.values, [&](const std::string& written) {
    return is_action_like(request.access.action, written, request.keys);
  });
  return found != actions.negated;
}

// A trust policy's statement has no resources: it is attached to the one that it speaks of.
bool matches_resource(const Patterns& resources, const core::Access& access,
                      const Variables& variables) {
  if (!resources.given) return true;
  const bool found = std::ranges::any_of(resources.values, [&](const std::string& value) {
    if (value == "*") return true;
    auto pattern = read_pattern(value, variables);
    if (!pattern) return false;
    pattern->confine_to_arn_parts(LastAsterisk::free);
    return pattern->matches(access.resource);
  });
  return found != resources.negated;
}

bool applies(const PolicyDocument& document, const Statement& statement, const Request& request) {
  const Variables variables{request.keys, document.version == "2012-10-17"};
  return matches_action(statement.actions, request) &&
         matches_resource(statement.resources, request.access, variables) &&
         std::ranges::all_of(statement.conditions, [&](const Condition& condition) {
           return holds(condition, variables);
         });
}

bool has_statement(const Policies::Documents& documents, Effect effect, const Request& request) {
  return std::ranges::any_of(documents, [&](const PolicyDocument* document) {
    return std::ranges::any_of(document->statements, [&](const Statement& statement) {
      return statement.effect == effect && applies(*document, statement, request);
    });
  });
}

// How closely a resource's policies name the requester in what they say with this effect.
Reach reach(const Policies::Documents& documents, Effect effect, const Request& request) {
  Reach closest = Reach::nobody;
  for (const PolicyDocument* document : documents) {
    for (const Statement& statement : document->statements) {
      if (statement.effect != effect) continue;
      const Reach named = reach_of(statement, request.requester);
      if (named > closest && applies(*document, statement, request)) closest = named;
    }
  }
  return closest;
}

std::optional<PolicyKind> explicit_denial(const Policies& policies, const Request& request) {
  if (has_statement(policies.identity, Effect::deny, request)) return PolicyKind::identity;
  if (reach(policies.resource, Effect::deny, request) != Reach::nobody) return PolicyKind::resource;
  if (has_statement(policies.boundary, Effect::deny, request)) return PolicyKind::boundary;
  if (has_statement(policies.session, Effect::deny, request)) return PolicyKind::session;
  return std::nullopt;
}

// What limits a role does not need to exist; what exists must allow.
std::optional<PolicyKind> missing_limit(const Policies& policies, const Request& request) {
  const auto lacks = [&](const Policies::Documents& documents) {
    return !documents.empty() && !has_statement(documents, Effect::allow, request);
  };
  if (lacks(policies.boundary)) return PolicyKind::boundary;
  if (lacks(policies.session)) return PolicyKind::session;
  return std::nullopt;
}

std::optional<PolicyKind> missing_allowance(const Policies& policies, const Request& request) {
  const bool by_identity =
      policies.is_root || has_statement(policies.identity, Effect::allow, request);
  const Reach by_resource = reach(policies.resource, Effect::allow, request);
  if (policies.cross_account) {
    if (!by_identity) return PolicyKind::identity;
    if (by_resource == Reach::nobody) return PolicyKind::resource;
    return missing_limit(policies, request);
  }
  if (by_resource == Reach::caller) return std::nullopt;
  if (!by_identity && by_resource != Reach::role) return PolicyKind::identity;
  return missing_limit(policies, request);
}

}  // namespace

Decision evaluate(const Policies& policies, const Request& request) {
  if (const auto denied = explicit_denial(policies, request)) {
    return {Outcome::explicitly_denied, *denied};
  }
  if (const auto missing = missing_allowance(policies, request)) {
    return {Outcome::implicitly_denied, *missing};
  }
  return {Outcome::allowed};
}

Trust trust_of(const PolicyDocument& trust_policy, const Request& request) {
  const Policies::Documents documents{&trust_policy};
  if (reach(documents, Effect::deny, request) != Reach::nobody) return Trust::denied;
  switch (reach(documents, Effect::allow, request)) {
    case Reach::nobody:
      return Trust::denied;
    case Reach::account:
      return Trust::account;
    default:
      return Trust::given;
  }
}

}  // namespace votemu::iam
