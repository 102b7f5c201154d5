// What MQTT clients tell each other, and which of it the server has taken over.
#pragma once

#include <cstddef>
#include <vector>

namespace votemu::sim {

class Chat {
 public:
  static constexpr const char* topic = "chat";

  // A client publishes it: its number.
  std::size_t publish() {
    taken_over_.push_back(false);
    return taken_over_.size() - 1;
  }
  // The server has acknowledged it: every session hears it.
  void take_over(std::size_t number) { taken_over_[number] = true; }
  bool is_taken_over(std::size_t number) const { return taken_over_[number]; }
  std::size_t size() const { return taken_over_.size(); }
  // After power was lost without syncs anything may be gone.
  void expect_anything() { taken_over_.assign(taken_over_.size(), false); }

 private:
  std::vector<bool> taken_over_;
};

}  // namespace votemu::sim
