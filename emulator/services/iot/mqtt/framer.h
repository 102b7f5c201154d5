// Cuts a stream of bytes into MQTT packets, however the bytes are fragmented.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/iot/mqtt/protocol.h"

namespace votemu::iot::mqtt {

struct Frame {
  PacketType type;
  std::uint8_t flags;     // the low half of the first byte
  std::string_view body;  // what follows the remaining length
};

// Holds at most one incomplete packet.
class Framer {
 public:
  // Takes from `input` what belongs to the next packet. Empty when the packet needs more bytes than
  // there are. The frame's body lives until the next call and no longer than `input`'s bytes.
  // Throws ProtocolError as soon as the first byte or the length is wrong or the packet would be
  // too large.
  std::optional<Frame> next(std::string_view& input);

  std::size_t buffered_bytes() const { return buffer_.size(); }

 private:
  std::string buffer_;
  bool buffer_was_returned_ = false;
};

}  // namespace votemu::iot::mqtt
