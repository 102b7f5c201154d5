// The rows of identity pools.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/json.h"
#include "core/store.h"
#include "services/cognito/rows.h"

namespace votemu::cognito {

struct IdentityPool {
  core::Scope scope;
  std::string id;
  // {"Pool": AWS's IdentityPool, "Roles": {"unauthenticated": ARN}, "RoleMappings"?: {}}
  core::Json row;

  core::Json& description() { return row["Pool"]; }
  const core::Json& description() const { return row["Pool"]; }
};

class IdentityPools {
 public:
  explicit IdentityPools(core::Store& store) : store_(store) {}

  // Throw ResourceNotFoundException. A pool's id is unique, so that it is enough for guests.
  IdentityPool existing(const core::Scope& scope, std::string_view id) const;
  IdentityPool existing_anywhere(std::string_view id) const;

  RowPage page(const core::Scope& scope, std::string_view after, std::size_t limit) const;
  bool has_room(const core::Scope& scope) const;

  void put(const IdentityPool& pool);
  void erase(const IdentityPool& pool);

 private:
  core::Store& store_;
};

}  // namespace votemu::cognito
