// The version number of lifecycle events: how often a client identifier has connected, so that
// events can be put in order. It begins at 0 again for one that was not there for an hour.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace votemu::iot {

class ConnectionVersions {
 public:
  std::uint64_t connected(const std::string& client_id, std::int64_t now_ms);
  void left(const std::string& client_id, std::uint64_t version, std::int64_t now_ms);

 private:
  void make_room(std::int64_t now_ms);

  struct Left {
    std::uint64_t version;
    std::int64_t at_ms;
  };
  std::map<std::string, Left> left_;  // only those who are away
};

}  // namespace votemu::iot
