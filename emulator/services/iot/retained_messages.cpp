#include "services/iot/retained_messages.h"

#include "services/iot/mqtt/publish.h"

namespace votemu::iot {
namespace {

constexpr std::uint16_t any_packet_id = 1;

// A row: when it was stored, then an MQTT 5 PUBLISH without its length: its first byte and its
// content.
std::string encode_row(const mqtt::Message& message, std::int64_t now_ms) {
  const mqtt::Publish publish{message, false, any_packet_id};
  const std::string packet = mqtt::encode_publish(publish, mqtt::Version::v5);
  mqtt::Reader reader(packet);
  const std::uint8_t first = reader.byte();
  reader.variable_integer();

  const auto stored = static_cast<std::uint64_t>(now_ms);
  mqtt::Writer row;
  row.four_bytes(static_cast<std::uint32_t>(stored >> 32));
  row.four_bytes(static_cast<std::uint32_t>(stored & 0xFFFF'FFFF));
  row.byte(first).raw(reader.take_rest());
  return row.take();
}

RetainedMessage decode_row(std::string_view row) {
  mqtt::Reader reader(row);
  const std::uint64_t high = reader.four_bytes();
  const std::uint64_t stored = high << 32 | reader.four_bytes();
  const auto flags = static_cast<std::uint8_t>(reader.byte() & 0x0F);
  const mqtt::Frame frame{mqtt::PacketType::publish, flags, reader.take_rest()};
  return {mqtt::decode_publish(frame, mqtt::Version::v5).message,
          static_cast<std::int64_t>(stored)};
}

bool has_expired(const RetainedMessage& retained, std::int64_t now_ms) {
  const auto interval =
      retained.message.properties.number(mqtt::PropertyId::message_expiry_interval);
  return interval && now_ms - retained.stored_ms >= std::int64_t{*interval} * 1'000;
}

}  // namespace

void RetainedMessages::keep(const mqtt::Message& message, std::int64_t now_ms) {
  const core::Key key = prefix().text(message.topic);
  if (message.payload.empty()) {
    store_.erase(key);
  } else {
    store_.put(key, encode_row(message, now_ms));
  }
}

std::optional<RetainedMessage> RetainedMessages::find(std::string_view topic,
                                                      std::int64_t now_ms) const {
  const auto row = store_.get(prefix().text(topic));
  if (!row) return std::nullopt;
  RetainedMessage retained = decode_row(*row);
  if (has_expired(retained, now_ms)) return std::nullopt;
  return retained;
}

std::vector<RetainedMessage> RetainedMessages::list(std::string_view after, std::size_t count,
                                                    std::int64_t now_ms) const {
  std::vector<RetainedMessage> found;
  const core::Key all = prefix();
  const core::Key from = after.empty() ? prefix() : prefix().text(after);
  for (auto row = store_.scan_from(all, from); row.valid() && found.size() < count; row.next()) {
    RetainedMessage retained = decode_row(row.value());
    if (retained.message.topic == after || has_expired(retained, now_ms)) continue;
    found.push_back(std::move(retained));
  }
  return found;
}

}  // namespace votemu::iot
