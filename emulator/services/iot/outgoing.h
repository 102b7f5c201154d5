// A message on its way to subscribers. Its packets are encoded once for each protocol version and
// quality of service and shared by all who get the same.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/clock.h"
#include "services/iot/mqtt/message.h"
#include "services/iot/mqtt/session.h"
#include "services/iot/packet_memory.h"

namespace votemu::iot {

// How one subscriber is to see it.
struct PacketForm {
  mqtt::Version version;
  std::uint8_t qos;
  bool retain;
  std::uint16_t packet_id = 0;
  bool duplicate = false;
};

class Outgoing {
 public:
  // `packet_id` is the identifier that QoS 1 subscribers use when it is free with them: the same
  // for all, so that their packets are the same bytes.
  Outgoing(mqtt::Message message, std::uint16_t packet_id, std::int64_t published_ms,
           PacketMemory memory);

  const mqtt::Message& message() const { return message_; }
  std::uint16_t packet_id() const { return packet_id_; }
  std::int64_t published_ms() const { return published_ms_; }

  // Its message expiry interval has passed.
  bool expired(const core::Clock& clock) const { return remaining_expiry_s(clock) == 0U; }

  mqtt::SharedBytes packet(const PacketForm& form, const core::Clock& clock) const;

  // What it takes to keep it for one subscriber.
  std::size_t cost() const;

 private:
  std::optional<std::uint32_t> remaining_expiry_s(const core::Clock& clock) const;
  mqtt::SharedBytes encode(const PacketForm& form, std::optional<std::uint32_t> expiry_s) const;

  mqtt::Message message_;
  std::optional<std::uint32_t> expiry_interval_s_;
  std::uint16_t packet_id_;
  std::int64_t published_ms_;
  PacketMemory memory_;
  mutable std::array<mqtt::SharedBytes, 8> encoded_;  // version 5 or not, QoS, RETAIN
};

}  // namespace votemu::iot
