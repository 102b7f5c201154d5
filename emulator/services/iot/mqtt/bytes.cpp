#include "services/iot/mqtt/bytes.h"

#include "handlers/abi/utf8.h"

namespace votemu::iot::mqtt {
namespace {

constexpr std::uint8_t continuation = 0x80;

}  // namespace

bool is_mqtt_utf8(std::string_view text) {
  while (!text.empty()) {
    if (text[0] == '\0') return false;
    const std::size_t length = abi::utf8_sequence(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::uint8_t Reader::byte() {
  return static_cast<std::uint8_t>(take(1)[0]);
}

std::uint16_t Reader::two_bytes() {
  const unsigned high = byte();
  return static_cast<std::uint16_t>(high << 8 | byte());
}

std::uint32_t Reader::four_bytes() {
  const std::uint32_t high = two_bytes();
  return high << 16 | two_bytes();
}

std::uint64_t Reader::eight_bytes() {
  const std::uint64_t high = four_bytes();
  return high << 32 | four_bytes();
}

std::uint32_t Reader::variable_integer() {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < max_variable_integer_bytes; ++i) {
    const std::uint8_t next = byte();
    value |= static_cast<std::uint32_t>(next & ~continuation) << (7 * i);
    if ((next & continuation) == 0) return value;
  }
  throw malformed("a variable byte integer of more than four bytes");
}

std::string_view Reader::binary() {
  const std::uint16_t length = two_bytes();
  return take(length);
}

std::string_view Reader::text() {
  const std::string_view value = binary();
  if (!is_mqtt_utf8(value)) throw malformed("a string that is not UTF-8");
  return value;
}

std::string_view Reader::take(std::size_t count) {
  if (count > rest_.size()) throw malformed("a packet that ends too early");
  const std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

void Reader::expect_end() const {
  if (!rest_.empty()) throw malformed("bytes after the end of a packet's content");
}

Writer& Writer::byte(std::uint8_t value) {
  bytes_.push_back(static_cast<char>(value));
  return *this;
}

Writer& Writer::two_bytes(std::uint16_t value) {
  return byte(static_cast<std::uint8_t>(value >> 8)).byte(static_cast<std::uint8_t>(value & 0xFF));
}

Writer& Writer::four_bytes(std::uint32_t value) {
  return two_bytes(static_cast<std::uint16_t>(value >> 16))
      .two_bytes(static_cast<std::uint16_t>(value & 0xFFFF));
}

Writer& Writer::eight_bytes(std::uint64_t value) {
  return four_bytes(static_cast<std::uint32_t>(value >> 32))
      .four_bytes(static_cast<std::uint32_t>(value & 0xFFFF'FFFF));
}

Writer& Writer::variable_integer(std::uint32_t value) {
  while (value >= continuation) {
    byte(static_cast<std::uint8_t>(value & 0x7F) | continuation);
    value >>= 7;
  }
  return byte(static_cast<std::uint8_t>(value));
}

Writer& Writer::binary(std::string_view value) {
  two_bytes(static_cast<std::uint16_t>(value.size()));
  return raw(value);
}

Writer& Writer::raw(std::string_view value) {
  bytes_.append(value);
  return *this;
}

std::string packet(PacketType type, std::uint8_t flags, std::string_view body) {
  Writer writer;
  writer.reserve(1 + max_variable_integer_bytes + body.size());
  writer.byte(static_cast<std::uint8_t>(static_cast<unsigned>(type) << 4 | flags));
  writer.variable_integer(static_cast<std::uint32_t>(body.size()));
  writer.raw(body);
  return writer.take();
}

}  // namespace votemu::iot::mqtt
