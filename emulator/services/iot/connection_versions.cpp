#include "services/iot/connection_versions.h"

#include <algorithm>

#include "services/iot/limits.h"

namespace votemu::iot {

std::uint64_t ConnectionVersions::connected(const std::string& client_id, std::int64_t now_ms) {
  const auto found = left_.find(client_id);
  if (found == left_.end()) return 0;
  const Left left = found->second;
  left_.erase(found);
  return now_ms - left.at_ms < limits::connection_version_ms ? left.version + 1 : 0;
}

void ConnectionVersions::left(const std::string& client_id, std::uint64_t version,
                              std::int64_t now_ms) {
  if (left_.size() >= limits::max_connection_versions) make_room(now_ms);
  left_[client_id] = {version, now_ms};
}

void ConnectionVersions::make_room(std::int64_t now_ms) {
  std::erase_if(left_, [now_ms](const auto& entry) {
    return now_ms - entry.second.at_ms >= limits::connection_version_ms;
  });
  if (left_.size() < limits::max_connection_versions) return;
  left_.erase(
      std::ranges::min_element(left_, {}, [](const auto& entry) { return entry.second.at_ms; }));
}

}  // namespace votemu::iot
