// Encoded packets, shared by all who have to send them, and what they take together.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "services/iot/mqtt/session.h"

namespace votemu::iot {

// Copies count together.
class PacketMemory {
 public:
  // Counts the bytes for as long as anybody keeps them, even beyond this object's own life.
  mqtt::SharedBytes hold(std::string bytes) const {
    auto held = std::make_shared<const Held>(std::move(bytes), total_);
    return {held, &held->bytes};
  }

  std::size_t bytes() const { return *total_; }

 private:
  struct Held {
    Held(std::string held, std::shared_ptr<std::size_t> counter)
        : bytes(std::move(held)), total(std::move(counter)) {
      *total += bytes.size();
    }
    ~Held() { *total -= bytes.size(); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

    std::string bytes;
    std::shared_ptr<std::size_t> total;
  };

  std::shared_ptr<std::size_t> total_ = std::make_shared<std::size_t>(0);
};

}  // namespace votemu::iot
