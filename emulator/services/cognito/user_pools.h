// The rows of user pools and of their app clients.
#pragma once

#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/json.h"
#include "core/store.h"
#include "services/cognito/rows.h"

namespace votemu::cognito {

// A pool's row is AWS's UserPoolType, a client's is its UserPoolClientType.
class UserPools {
 public:
  UserPools(core::Store& store, const core::Scope& scope) : store_(store), scope_(scope) {}

  // Throw ResourceNotFoundException.
  core::Json existing(std::string_view id) const;
  core::Json existing_client(std::string_view pool_id, std::string_view client_id) const;

  RowPage page(std::string_view after, std::size_t limit) const;
  RowPage client_page(std::string_view pool_id, std::string_view after, std::size_t limit) const;
  bool has_room() const;
  bool has_room_for_client(std::string_view pool_id) const;

  void put(const core::Json& pool);
  void put_client(const core::Json& client);
  void erase(std::string_view id);  // with its clients
  void erase_client(std::string_view pool_id, std::string_view client_id);

 private:
  core::Key pools() const;
  core::Key clients_of(std::string_view pool_id) const;

  core::Store& store_;
  const core::Scope& scope_;
};

}  // namespace votemu::cognito
