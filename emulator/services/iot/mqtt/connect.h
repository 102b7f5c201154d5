// CONNECT, section 3.1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "services/iot/mqtt/message.h"

namespace votemu::iot::mqtt {

struct Will {
  Message message;
  std::uint32_t delay_s = 0;
};

struct Connect {
  Version version = Version::v3_1_1;
  bool clean_start = true;
  std::uint16_t keep_alive_s = 0;  // as the client asked
  std::string client_id;
  std::optional<Will> will;
  std::string user_name;  // empty when there was none
  std::string password;
  Properties properties;
};

// A CONNECT's beginning. Throws ProtocolError unsupported_protocol_version for any other level.
Version decode_protocol_version(Reader& body);

// What follows the protocol version, to the packet's end. Throws ProtocolError.
Connect decode_connect(Reader& body, Version version);

}  // namespace votemu::iot::mqtt
