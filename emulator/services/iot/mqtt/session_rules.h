// What a session accepts, by AWS's limits and deviations: pure checks, apart from the state
// machine. https://docs.aws.amazon.com/general/latest/gr/iot-core.html#message-broker-limits
#pragma once

#include <cstdint>
#include <string_view>

#include "services/iot/mqtt/connect.h"
#include "services/iot/mqtt/subscribe.h"

namespace votemu::iot::mqtt {

// Each throws ProtocolError.
void check_connect(const Connect& connect);
void check_subscribe(const Subscribe& subscribe);

// success, or the reason for the refusal.
ReasonCode check_message(const Message& message);
// A PUBACK may say so; anything else ends the connection. Section 3.4.2.1 of MQTT 5.
bool fits_puback(ReasonCode reason);
ReasonCode check_filter(std::string_view filter);

std::uint32_t granted_keep_alive_s(std::uint16_t asked_s);
std::uint32_t granted_session_expiry_s(const Connect& connect);

// What every MQTT 5 CONNACK says of the server.
Properties server_properties();

}  // namespace votemu::iot::mqtt
