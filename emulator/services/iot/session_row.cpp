#include "services/iot/session_row.h"

#include "services/iot/message_row.h"

namespace votemu::iot {
namespace {

constexpr std::uint8_t is_v5_flag = 1;
constexpr std::uint8_t left_flag = 2;
constexpr std::uint8_t will_flag = 4;

constexpr std::uint8_t no_local_flag = 4;
constexpr std::uint8_t retain_as_published_flag = 8;

// As in SUBSCRIBE, section 3.8.3.1 of MQTT 5.
std::uint8_t encode_options(const mqtt::SubscriptionOptions& options) {
  const int bits = options.qos | (options.no_local ? no_local_flag : 0) |
                   (options.retain_as_published ? retain_as_published_flag : 0) |
                   static_cast<int>(options.retain_handling) << 4;
  return static_cast<std::uint8_t>(bits);
}

mqtt::SubscriptionOptions decode_options(std::uint8_t bits) {
  mqtt::SubscriptionOptions options;
  options.qos = bits & 3;
  options.no_local = (bits & no_local_flag) != 0;
  options.retain_as_published = (bits & retain_as_published_flag) != 0;
  options.retain_handling = static_cast<mqtt::RetainHandling>(bits >> 4 & 3);
  return options;
}

}  // namespace

std::string encode_session_row(const StoredSession& session) {
  const int flags = (session.is_v5 ? is_v5_flag : 0) | (session.left_ms ? left_flag : 0) |
                    (session.will ? will_flag : 0);
  mqtt::Writer row;
  row.byte(static_cast<std::uint8_t>(flags)).binary(session.identifier);
  row.four_bytes(session.expiry_s);
  if (session.left_ms) row.eight_bytes(static_cast<std::uint64_t>(*session.left_ms));
  if (session.will) {
    const std::string message = encode_message_row(session.will->message, 0);
    row.four_bytes(session.will->delay_s);
    row.four_bytes(static_cast<std::uint32_t>(message.size())).raw(message);
  }
  for (const auto& [filter, options] : session.subscriptions) {
    row.binary(filter).byte(encode_options(options));
  }
  return row.take();
}

StoredSession decode_session_row(std::string client_id, std::string_view row) {
  mqtt::Reader reader(row);
  StoredSession session;
  session.client_id = std::move(client_id);
  const std::uint8_t flags = reader.byte();
  session.is_v5 = (flags & is_v5_flag) != 0;
  session.identifier = reader.binary();
  session.expiry_s = reader.four_bytes();
  if ((flags & left_flag) != 0) session.left_ms = static_cast<std::int64_t>(reader.eight_bytes());
  if ((flags & will_flag) != 0) {
    mqtt::Will& will = session.will.emplace();
    will.delay_s = reader.four_bytes();
    const std::uint32_t size = reader.four_bytes();
    will.message = decode_message_row(reader.take(size)).message;
  }
  while (!reader.empty()) {
    std::string filter(reader.binary());
    session.subscriptions[std::move(filter)] = decode_options(reader.byte());
  }
  return session;
}

}  // namespace votemu::iot
