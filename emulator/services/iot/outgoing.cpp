#include "services/iot/outgoing.h"

#include <algorithm>

#include "services/iot/limits.h"
#include "services/iot/mqtt/publish.h"

namespace votemu::iot {

using mqtt::PropertyId;

Outgoing::Outgoing(mqtt::Message message, std::uint16_t packet_id, std::int64_t published_ms,
                   PacketMemory memory)
    : message_(std::move(message)),
      expiry_interval_s_(message_.properties.number(PropertyId::message_expiry_interval)),
      packet_id_(packet_id),
      published_ms_(published_ms),
      memory_(std::move(memory)) {}

mqtt::SharedBytes Outgoing::packet(const PacketForm& form, const core::Clock& clock) const {
  const bool has_own_id = form.qos > 0 && form.packet_id != packet_id_;
  const auto expiry_s = remaining_expiry_s(clock);
  const bool has_aged = expiry_s != expiry_interval_s_;
  if (form.duplicate || has_own_id || has_aged) return encode(form, expiry_s);
  const std::size_t index = (form.version == mqtt::Version::v5 ? 4U : 0U) +
                            (form.qos > 0 ? 2U : 0U) + (form.retain ? 1U : 0U);
  if (!encoded_[index]) encoded_[index] = encode(form, expiry_s);
  return encoded_[index];
}

std::size_t Outgoing::cost() const {
  return message_.payload.size() + limits::queued_message_overhead_bytes;
}

// Asks for the time only where it matters: this is called for each subscriber.
std::optional<std::uint32_t> Outgoing::remaining_expiry_s(const core::Clock& clock) const {
  if (!expiry_interval_s_) return std::nullopt;
  const std::int64_t interval_s = *expiry_interval_s_;
  const std::int64_t left_s = interval_s - (clock.now_ms() - published_ms_) / 1'000;
  return static_cast<std::uint32_t>(std::clamp(left_s, std::int64_t{0}, interval_s));
}

mqtt::SharedBytes Outgoing::encode(const PacketForm& form,
                                   std::optional<std::uint32_t> expiry_s) const {
  mqtt::Publish publish{message_, form.duplicate, form.packet_id};
  publish.message.qos = form.qos;
  publish.message.retain = form.retain;
  if (expiry_s) {
    publish.message.properties.replace(PropertyId::message_expiry_interval, *expiry_s);
  }
  return memory_.hold(mqtt::encode_publish(publish, form.version));
}

}  // namespace votemu::iot
