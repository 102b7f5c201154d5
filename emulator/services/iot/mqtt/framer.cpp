#include "services/iot/mqtt/framer.h"

#include <algorithm>

#include "services/iot/limits.h"
#include "services/iot/mqtt/bytes.h"

namespace votemu::iot::mqtt {
namespace {

struct Header {
  std::size_t header_bytes;
  std::size_t body_bytes;
};

// Section 2.1.3 of MQTT 5: every type but PUBLISH has its one value of the flags.
void check_first_byte(std::uint8_t first) {
  const auto type = static_cast<PacketType>(first >> 4);
  if (type == PacketType::publish) return;
  const bool flagged = type == PacketType::pubrel || type == PacketType::subscribe ||
                       type == PacketType::unsubscribe;
  if (first >> 4 == 0 || (first & 0x0F) != (flagged ? 2 : 0)) {
    throw malformed("a packet's first byte");
  }
}

// Empty while the header is incomplete.
std::optional<Header> read_header(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  check_first_byte(static_cast<std::uint8_t>(bytes[0]));
  std::size_t body = 0;
  for (std::size_t i = 0; i < max_variable_integer_bytes; ++i) {
    if (bytes.size() < i + 2) return std::nullopt;
    const auto next = static_cast<std::uint8_t>(bytes[i + 1]);
    body |= static_cast<std::size_t>(next & 0x7F) << (7 * i);
    if ((next & 0x80) != 0) continue;
    if (i + 2 + body > limits::max_packet_bytes) {
      throw ProtocolError(ReasonCode::packet_too_large, "a packet larger than the maximum");
    }
    return Header{i + 2, body};
  }
  throw malformed("a remaining length of more than four bytes");
}

Frame frame_of(std::string_view bytes, const Header& header) {
  const auto first = static_cast<std::uint8_t>(bytes[0]);
  return {static_cast<PacketType>(first >> 4), static_cast<std::uint8_t>(first & 0x0F),
          bytes.substr(header.header_bytes, header.body_bytes)};
}

}  // namespace

std::optional<Frame> Framer::next(std::string_view& input) {
  if (buffer_was_returned_) {
    std::string().swap(buffer_);  // an idle connection holds nothing
    buffer_was_returned_ = false;
  }
  std::optional<Header> header = read_header(buffer_.empty() ? input : buffer_);
  if (buffer_.empty() && header && input.size() >= header->header_bytes + header->body_bytes) {
    const Frame frame = frame_of(input, *header);
    input.remove_prefix(header->header_bytes + header->body_bytes);
    return frame;
  }
  while (!input.empty()) {
    const std::size_t wanted =
        header ? header->header_bytes + header->body_bytes - buffer_.size() : 1;
    const std::size_t taken = std::min(wanted, input.size());
    buffer_.append(input.substr(0, taken));
    input.remove_prefix(taken);
    if (!header) header = read_header(buffer_);
    if (header && buffer_.size() == header->header_bytes + header->body_bytes) {
      buffer_was_returned_ = true;
      return frame_of(buffer_, *header);
    }
  }
  return std::nullopt;
}

}  // namespace votemu::iot::mqtt
