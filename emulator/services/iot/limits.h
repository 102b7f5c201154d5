// Every bound of the IoT broker.
// https://docs.aws.amazon.com/general/latest/gr/iot-core.html#message-broker-limits
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::iot::limits {

// AWS's own.
inline constexpr std::size_t max_payload_bytes = std::size_t{128} * 1024;
inline constexpr std::size_t max_topic_bytes = 256;
inline constexpr std::size_t max_topic_slashes = 7;
inline constexpr std::size_t max_client_id_bytes = 128;
inline constexpr std::size_t max_filters_per_subscribe = 8;
inline constexpr std::size_t max_subscriptions_per_connection = 50;
inline constexpr std::uint16_t max_in_flight = 100;
inline constexpr std::uint16_t max_topic_aliases = 8;
// The Maximum Packet Size that AWS announces in an MQTT 5 CONNACK: the payload, its topic and
// properties.
inline constexpr std::uint32_t max_packet_bytes = 149'504;
inline constexpr std::size_t max_user_property_bytes = 8'192;

inline constexpr std::uint32_t min_keep_alive_s = 30;
inline constexpr std::uint32_t max_keep_alive_s = 1'200;

// How long the state of a client that is away is kept: AWS's default, for MQTT 5 also the longest.
inline constexpr std::uint32_t max_session_expiry_s = 3'600;

// ListRetainedMessages.
inline constexpr std::int64_t max_retained_page = 200;
inline constexpr std::int64_t default_retained_page = 200;

// votemu's own.

// A connection whose CONNECT has not arrived by then is closed.
inline constexpr std::int64_t connect_timeout_ms = 10'000;
// What a subscriber's transport may have unsent; one that falls behind further is disconnected.
inline constexpr std::size_t max_unsent_bytes = std::size_t{8} << 20;
// QoS 1 messages that wait for acknowledgements of earlier ones, in bytes of payload and
// bookkeeping. A connected subscriber that lets more pile up is disconnected; for one that is away
// the newest are dropped.
inline constexpr std::size_t max_queued_bytes_connected = std::size_t{8} << 20;
inline constexpr std::size_t max_queued_bytes_away = std::size_t{1} << 20;
inline constexpr std::size_t queued_message_overhead_bytes = 256;
// Clients of one account and region that are away while their state is kept; beyond, the one that
// has been away longest is forgotten.
inline constexpr std::size_t max_sessions_away = 1'000;

}  // namespace votemu::iot::limits
