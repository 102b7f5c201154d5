// MQTT's data types, read from and written to bytes.
// https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html#_Toc3901006
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "services/iot/mqtt/protocol.h"

namespace votemu::iot::mqtt {

// The longest Variable Byte Integer and the greatest number in it.
inline constexpr std::size_t max_variable_integer_bytes = 4;
inline constexpr std::uint32_t max_variable_integer = 268'435'455;
// Strings and binary data carry their length in two bytes.
inline constexpr std::size_t max_string_bytes = 65'535;

// Well-formed UTF-8 without U+0000, as MQTT wants its strings.
bool is_mqtt_utf8(std::string_view text);

// Takes values off the front of a packet. Every call throws ProtocolError malformed_packet when the
// packet ends too early or the value is not well-formed.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t byte();
  std::uint16_t two_bytes();
  std::uint32_t four_bytes();
  std::uint64_t eight_bytes();  // MQTT has none; rows of the store do
  std::uint32_t variable_integer();
  std::string_view binary();  // two bytes of length, then as many
  std::string_view text();    // binary() that is UTF-8
  std::string_view take(std::size_t count);
  std::string_view take_rest() { return take(rest_.size()); }

  bool empty() const { return rest_.empty(); }
  // A packet says no more than its type defines.
  void expect_end() const;

 private:
  std::string_view rest_;
};

class Writer {
 public:
  Writer& byte(std::uint8_t value);
  Writer& two_bytes(std::uint16_t value);
  Writer& four_bytes(std::uint32_t value);
  Writer& eight_bytes(std::uint64_t value);
  Writer& variable_integer(std::uint32_t value);  // at most max_variable_integer
  Writer& binary(std::string_view value);         // at most max_string_bytes
  Writer& raw(std::string_view value);

  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }
  void reserve(std::size_t size) { bytes_.reserve(size); }

 private:
  std::string bytes_;
};

// A whole packet: fixed header, remaining length, body.
std::string packet(PacketType type, std::uint8_t flags, std::string_view body);

}  // namespace votemu::iot::mqtt
