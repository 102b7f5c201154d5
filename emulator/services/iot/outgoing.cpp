#include "services/iot/outgoing.h"

#include <algorithm>

#include "services/iot/limits.h"
#include "services/iot/mqtt/publish.h"

namespace votemu::iot {

using mqtt::PropertyId;

mqtt::SharedBytes Outgoing::packet(const PacketForm& form, std::int64_t now_ms) const {
  const bool has_own_id = form.qos > 0 && form.packet_id != packet_id_;
  const bool has_aged = now_ms - published_ms_ >= 1'000 && remaining_expiry_s(now_ms);
  if (form.duplicate || has_own_id || has_aged) return encode(form, now_ms);
  const std::size_t index = (form.version == mqtt::Version::v5 ? 4U : 0U) +
                            (form.qos > 0 ? 2U : 0U) + (form.retain ? 1U : 0U);
  if (!encoded_[index]) encoded_[index] = encode(form, now_ms);
  return encoded_[index];
}

std::size_t Outgoing::cost() const {
  return message_.payload.size() + limits::queued_message_overhead_bytes;
}

std::optional<std::uint32_t> Outgoing::remaining_expiry_s(std::int64_t now_ms) const {
  const auto interval = message_.properties.number(PropertyId::message_expiry_interval);
  if (!interval) return std::nullopt;
  const std::int64_t left = std::int64_t{*interval} - (now_ms - published_ms_) / 1'000;
  return left > 0 ? static_cast<std::uint32_t>(std::min(left, std::int64_t{*interval})) : 0U;
}

mqtt::SharedBytes Outgoing::encode(const PacketForm& form, std::int64_t now_ms) const {
  mqtt::Publish publish{message_, form.duplicate, form.packet_id};
  publish.message.qos = form.qos;
  publish.message.retain = form.retain;
  if (const auto left = remaining_expiry_s(now_ms)) {
    publish.message.properties.replace(PropertyId::message_expiry_interval, *left);
  }
  return memory_.hold(mqtt::encode_publish(publish, form.version));
}

}  // namespace votemu::iot
