#include "services/iot/mqtt/session_rules.h"

#include <algorithm>

#include "services/iot/limits.h"
#include "services/iot/topic.h"

namespace votemu::iot::mqtt {
namespace {

void check_client_id(const Connect& connect) {
  // A client without a name of its own cannot ask for what was kept under that name; MQTT 3.1 knows
  // no empty name at all.
  const bool may_be_empty =
      connect.version == Version::v5 || (connect.version == Version::v3_1_1 && connect.clean_start);
  if (connect.client_id.size() > limits::max_client_id_bytes ||
      (connect.client_id.empty() && !may_be_empty)) {
    throw ProtocolError(ReasonCode::client_identifier_not_valid, "the client identifier");
  }
}

}  // namespace

void check_connect(const Connect& connect) {
  if (connect.properties.text(PropertyId::authentication_method) != nullptr) {
    throw ProtocolError(ReasonCode::bad_authentication_method, "no method is served");
  }
  if (connect.properties.text(PropertyId::authentication_data) != nullptr) {
    throw ProtocolError(ReasonCode::protocol_error, "authentication data without a method");
  }
  check_client_id(connect);
  if (!connect.will) return;
  const Message& will = connect.will->message;
  if (will.qos > 1) throw ProtocolError(ReasonCode::qos_not_supported, "a will at QoS 2");
  const ReasonCode reason = check_message(will);
  if (is_error(reason)) throw ProtocolError(reason, "the will");
}

void check_subscribe(const Subscribe& subscribe) {
  if (subscribe.subscriptions.size() > limits::max_filters_per_subscribe) {
    throw ProtocolError(ReasonCode::quota_exceeded, "too many filters in one SUBSCRIBE");
  }
  if (subscribe.properties.number(PropertyId::subscription_identifier)) {
    throw ProtocolError(ReasonCode::subscription_identifiers_not_supported, "not served");
  }
  for (const Subscription& subscription : subscribe.subscriptions) {
    if (subscription.options.qos > 1) throw ProtocolError(ReasonCode::qos_not_supported, "QoS 2");
    const auto filter = parse_topic_filter(subscription.filter);
    if (filter && !filter->share.empty() && subscription.options.no_local) {
      throw ProtocolError(ReasonCode::protocol_error, "no local on a shared subscription");
    }
  }
}

ReasonCode check_message(const Message& message) {
  if (!is_topic_name(message.topic)) return ReasonCode::topic_name_invalid;
  if (!takes_messages(message.topic, message.retain)) return ReasonCode::not_authorized;
  if (message.payload.size() > limits::max_payload_bytes) return ReasonCode::packet_too_large;
  if (message.properties.number(PropertyId::subscription_identifier)) {
    return ReasonCode::protocol_error;
  }
  const std::string* response_topic = message.properties.text(PropertyId::response_topic);
  if (response_topic != nullptr && !is_topic_name(*response_topic)) {
    return ReasonCode::topic_name_invalid;
  }
  return ReasonCode::success;
}

bool fits_puback(ReasonCode reason) {
  return reason == ReasonCode::not_authorized || reason == ReasonCode::topic_name_invalid ||
         reason == ReasonCode::quota_exceeded || reason == ReasonCode::unspecified_error;
}

ReasonCode check_filter(std::string_view filter) {
  const auto parsed = parse_topic_filter(filter);
  if (!parsed) return ReasonCode::topic_filter_invalid;
  return is_reserved_filter(parsed->filter) ? ReasonCode::not_authorized : ReasonCode::success;
}

std::uint32_t granted_keep_alive_s(std::uint16_t asked_s) {
  if (asked_s == 0) return limits::max_keep_alive_s;
  return std::clamp<std::uint32_t>(asked_s, limits::min_keep_alive_s, limits::max_keep_alive_s);
}

std::uint32_t granted_session_expiry_s(const Connect& connect) {
  if (connect.version != Version::v5) {
    return connect.clean_start ? 0 : limits::max_session_expiry_s;
  }
  return std::min(connect.properties.number_or(PropertyId::session_expiry_interval, 0),
                  limits::max_session_expiry_s);
}

Properties server_properties() {
  Properties properties;
  properties.add(PropertyId::receive_maximum, std::uint32_t{limits::max_in_flight})
      .add(PropertyId::maximum_qos, 1)
      .add(PropertyId::retain_available, 1)
      .add(PropertyId::maximum_packet_size, std::uint32_t{limits::max_packet_bytes})
      .add(PropertyId::topic_alias_maximum, std::uint32_t{limits::max_topic_aliases})
      .add(PropertyId::wildcard_subscription_available, 1)
      .add(PropertyId::subscription_identifier_available, 0)
      .add(PropertyId::shared_subscription_available, 1);
  return properties;
}

}  // namespace votemu::iot::mqtt
