#include "services/iot/message_row.h"

#include "services/iot/mqtt/publish.h"

namespace votemu::iot {
namespace {

constexpr std::uint16_t any_packet_id = 1;

}  // namespace

// When it was stored, then an MQTT 5 PUBLISH without its length: its first byte and its content.
std::string encode_message_row(const mqtt::Message& message, std::int64_t stored_ms) {
  const mqtt::Publish publish{message, false, any_packet_id};
  const std::string packet = mqtt::encode_publish(publish, mqtt::Version::v5);
  mqtt::Reader reader(packet);
  const std::uint8_t first = reader.byte();
  reader.variable_integer();
  mqtt::Writer row;
  row.eight_bytes(static_cast<std::uint64_t>(stored_ms)).byte(first).raw(reader.take_rest());
  return row.take();
}

MessageRow decode_message_row(std::string_view row) {
  mqtt::Reader reader(row);
  const std::uint64_t stored = reader.eight_bytes();
  const auto flags = static_cast<std::uint8_t>(reader.byte() & 0x0F);
  const mqtt::Frame frame{mqtt::PacketType::publish, flags, reader.take_rest()};
  return {mqtt::decode_publish(frame, mqtt::Version::v5).message,
          static_cast<std::int64_t>(stored)};
}

}  // namespace votemu::iot
