// SUBSCRIBE and SUBACK, sections 3.8 and 3.9.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/iot/mqtt/framer.h"
#include "services/iot/mqtt/properties.h"

namespace votemu::iot::mqtt {

enum class RetainHandling : std::uint8_t { send = 0, send_when_new = 1, do_not_send = 2 };

struct SubscriptionOptions {
  std::uint8_t qos = 0;
  bool no_local = false;             // not to the publisher itself
  bool retain_as_published = false;  // else RETAIN is only set on retained messages
  RetainHandling retain_handling = RetainHandling::send;
  bool operator==(const SubscriptionOptions&) const = default;
};

struct Subscription {
  std::string filter;
  SubscriptionOptions options;
};

struct Subscribe {
  std::uint16_t packet_id = 0;
  Properties properties;
  std::vector<Subscription> subscriptions;  // at least one
};

// Throws ProtocolError.
Subscribe decode_subscribe(const Frame& frame, Version version);

// One reason for each filter, in their order.
std::string encode_suback(std::uint16_t packet_id, const std::vector<ReasonCode>& reasons,
                          Version version);

}  // namespace votemu::iot::mqtt
