// The identities of guests: rows by their id, and by their pool in the order of their creation.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store.h"
#include "services/cognito/limits.h"

namespace votemu::cognito {

struct Identity {
  std::string id;
  std::string pool_id;
  std::uint64_t number;  // in its pool, ascending; gaps where identities were deleted
  std::int64_t created_ms;
};

class Identities {
 public:
  // `most`: how many a pool remembers.
  explicit Identities(core::Store& store, std::uint64_t most = limits::max_identities_per_pool)
      : store_(store), most_(most) {}

  std::optional<Identity> find(std::string_view id) const;
  // Throws ResourceNotFoundException.
  Identity existing(std::string_view id) const;

  // Forgets the pool's oldest identity when it has too many.
  void add(std::string id, const std::string& pool_id, std::int64_t now_ms);
  void erase(const Identity& identity);
  void erase_all(std::string_view pool_id);

  // At most `limit` of the pool's with a number greater than `after`.
  std::vector<Identity> page(std::string_view pool_id, std::uint64_t after,
                             std::size_t limit) const;

 private:
  std::uint64_t last_number(std::string_view pool_id) const;

  core::Store& store_;
  std::uint64_t most_;
};

}  // namespace votemu::cognito
