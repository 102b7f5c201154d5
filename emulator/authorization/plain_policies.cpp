#include "authorization/plain_policies.h"

#include <algorithm>
#include <string>

namespace votemu::authorization {
namespace {

bool is_plain(const iam::PolicyDocument& document) {
  return std::none_of(
      document.statements.begin(), document.statements.end(), [](const iam::Statement& statement) {
        const auto& resources = statement.resources.values;
        return !statement.conditions.empty() ||
               std::any_of(resources.begin(), resources.end(), [](const std::string& pattern) {
                 return pattern.find("${") != std::string::npos;
               });
      });
}

}  // namespace

bool is_plain(const iam::RolePolicies& role) {
  const auto plain = [](const auto& policy) { return is_plain(policy.document); };
  return std::all_of(role.inlined.begin(), role.inlined.end(), plain) &&
         std::all_of(role.attached.begin(), role.attached.end(), plain) &&
         (!role.boundary || plain(*role.boundary));
}

}  // namespace votemu::authorization
