#include "services/iam/role_cache.h"

#include "services/iam/limits.h"

namespace votemu::iam {

std::shared_ptr<const RolePolicies> RoleCache::read(const std::string& role_arn) const {
  auto found = iam_.find_role_by_arn(role_arn);
  return found ? std::make_shared<const RolePolicies>(std::move(*found)) : nullptr;
}

// What was changed within this turn may still be taken back: it is not kept.
std::shared_ptr<const RolePolicies> RoleCache::find(const std::string& role_arn) {
  const auto version = iam_.settled_version();
  if (!version) return read(role_arn);
  if (*version != version_ || roles_.size() >= limits::max_cached_roles) roles_.clear();
  version_ = *version;
  const auto known = roles_.find(role_arn);
  if (known != roles_.end()) return known->second;
  return roles_.emplace(role_arn, read(role_arn)).first->second;
}

}  // namespace votemu::iam
