#include "services/iot/retained_messages.h"

namespace votemu::iot {
namespace {

bool has_expired(const MessageRow& retained, std::int64_t now_ms) {
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
    store_.put(key, encode_message_row(message, now_ms));
  }
}

std::optional<MessageRow> RetainedMessages::find(std::string_view topic,
                                                 std::int64_t now_ms) const {
  const auto row = store_.get(prefix().text(topic));
  if (!row) return std::nullopt;
  MessageRow retained = decode_message_row(*row);
  if (has_expired(retained, now_ms)) return std::nullopt;
  return retained;
}

std::vector<MessageRow> RetainedMessages::list(std::string_view after, std::size_t count,
                                               std::int64_t now_ms) const {
  std::vector<MessageRow> found;
  const core::Key all = prefix();
  const core::Key from = after.empty() ? prefix() : prefix().text(after);
  for (auto row = store_.scan_from(all, from); row.valid() && found.size() < count; row.next()) {
    MessageRow retained = decode_message_row(row.value());
    if (retained.message.topic == after || has_expired(retained, now_ms)) continue;
    found.push_back(std::move(retained));
  }
  return found;
}

}  // namespace votemu::iot
