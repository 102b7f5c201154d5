#include "services/iam/aws_managed_policies.h"

#include "core/random.h"

namespace votemu::iam {
namespace {

// An identifier of the policy's own that is the same in every account and after every start.
std::string policy_id(std::string_view name) {
  constexpr std::uint64_t fnv_offset = 0xcbf29ce484222325;
  constexpr std::uint64_t fnv_prime = 0x100000001b3;
  constexpr std::size_t random_length = 17;
  std::uint64_t hash = fnv_offset;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * fnv_prime;
  return "ANPA" + core::SeededRandom(hash).upper_alphanumeric(random_length);
}

std::int64_t version_number(std::string_view version) {
  std::int64_t number = 0;
  for (const char digit : version.substr(1)) number = number * 10 + (digit - '0');
  return number;
}

ManagedPolicy made(const AwsManagedPolicy& given) {
  constexpr std::int64_t ms = 1'000;
  ManagedPolicy policy;
  policy.account = "aws";
  policy.name = given.name;
  policy.path = given.path;
  policy.id = policy_id(given.name);
  policy.created_ms = given.created_s * ms;
  policy.updated_ms = given.updated_s * ms;
  policy.versions = {{std::string(given.version), std::string(given.document), policy.updated_ms}};
  policy.default_version = given.version;
  policy.last_version_number = version_number(given.version);
  return policy;
}

template <class Visit>
void each(Visit&& visit) {
  for (const auto family :
       {compute_policies(), data_policies(), front_policies(), account_policies()}) {
    for (const auto& policy : family) visit(policy);
  }
}

}  // namespace

std::vector<ManagedPolicy> all_aws_managed_policies() {
  std::vector<ManagedPolicy> policies;
  each([&](const AwsManagedPolicy& policy) { policies.push_back(made(policy)); });
  return policies;
}

std::optional<ManagedPolicy> find_aws_managed_policy(std::string_view arn) {
  constexpr std::string_view prefix = "arn:aws:iam::aws:policy";
  std::optional<ManagedPolicy> found;
  if (!arn.starts_with(prefix)) return found;
  const auto path_and_name = arn.substr(prefix.size());
  each([&](const AwsManagedPolicy& policy) {
    if (path_and_name.size() == policy.path.size() + policy.name.size() &&
        path_and_name.starts_with(policy.path) && path_and_name.ends_with(policy.name)) {
      found = made(policy);
    }
  });
  return found;
}

}  // namespace votemu::iam
