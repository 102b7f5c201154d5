// The policies of roles, parsed once and read again when a role or policy has changed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "services/iam/service.h"

namespace votemu::iam {

class RoleCache {
 public:
  explicit RoleCache(const Service& iam) : iam_(iam) {}

  // nullptr for a role that nobody has created.
  std::shared_ptr<const RolePolicies> find(const std::string& role_arn);

 private:
  std::shared_ptr<const RolePolicies> read(const std::string& role_arn) const;

  const Service& iam_;
  std::uint64_t version_ = 0;
  std::map<std::string, std::shared_ptr<const RolePolicies>> roles_;  // by ARN
};

}  // namespace votemu::iam
