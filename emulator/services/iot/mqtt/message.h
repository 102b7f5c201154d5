// An application message, on its way from one publisher to any number of subscribers.
#pragma once

#include <cstdint>
#include <string>

#include "services/iot/mqtt/properties.h"

namespace votemu::iot::mqtt {

struct Message {
  std::string topic;
  std::string payload;
  std::uint8_t qos = 0;  // as it was published
  bool retain = false;
  Properties properties;  // of PUBLISH, those that subscribers see; empty before MQTT 5
  bool operator==(const Message&) const = default;
};

}  // namespace votemu::iot::mqtt
