// CONNACK, section 3.2.
#pragma once

#include <optional>
#include <string>

#include "services/iot/mqtt/properties.h"

namespace votemu::iot::mqtt {

// Empty when a version before 5 has no code for the reason: the connection is just closed then.
std::optional<std::string> encode_connack(Version version, bool session_present, ReasonCode reason,
                                          const Properties& properties);

}  // namespace votemu::iot::mqtt
