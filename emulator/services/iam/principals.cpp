#include "services/iam/principals.h"

#include <algorithm>

namespace votemu::iam {
namespace {

Reach reach_of_aws(const std::string& value, const Requester& requester) {
  if (value == "*") return Reach::role;
  if (requester.account.empty()) return Reach::nobody;
  if (value == requester.account || value == "arn:aws:iam::" + requester.account + ":root") {
    return Reach::account;
  }
  if (value == requester.arn) return Reach::caller;
  return !requester.role_arn.empty() && value == requester.role_arn ? Reach::role : Reach::nobody;
}

Reach reach_of(const Principal& principal, const Requester& requester) {
  if (principal.type.empty() || principal.type == "AWS") {
    return reach_of_aws(principal.value, requester);
  }
  const bool named =
      (principal.type == "Service" && principal.value == requester.service) ||
      (principal.type == "Federated" && principal.value == requester.identity_provider);
  return named && !principal.value.empty() ? Reach::caller : Reach::nobody;
}

}  // namespace

Reach reach_of(const Statement& statement, const Requester& requester) {
  Reach closest = Reach::nobody;
  for (const auto& principal : statement.principals) {
    closest = std::max(closest, reach_of(principal, requester));
  }
  if (!statement.principals_negated) return closest;
  return closest == Reach::nobody ? Reach::role : Reach::nobody;
}

}  // namespace votemu::iam
