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

// The life of a WebSocket connection, however busy it is.
inline constexpr std::int64_t max_connection_ms = std::int64_t{24} * 3'600 * 1'000;

// ListRetainedMessages.
inline constexpr std::int64_t max_retained_page = 200;
inline constexpr std::int64_t default_retained_page = 200;

// votemu's own. Not here is AWS's limit of 100 publishes a second for each connection: AWS drops
// what is above it without a word, and a load test on one machine is not to become flaky for that.

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
// Messages that wait in the store for sessions of one account and region, each counted once. What
// comes beyond waits in memory for those who are connected and is dropped for those who are away.
inline constexpr std::size_t max_stored_message_bytes = std::size_t{64} << 20;
// Clients of one account and region that are away while their state is kept; beyond, the one that
// has been away longest is forgotten.
inline constexpr std::size_t max_sessions_away = 1'000;

// Encoded messages in memory, whoever still has to send them. Beyond, the client that is furthest
// behind is disconnected, if it is behind by this much at all.
inline constexpr std::size_t max_packet_memory = std::size_t{256} << 20;
inline constexpr std::size_t least_unsent_bytes_to_be_slow = std::size_t{256} << 10;

// Decisions on iot:Receive that are remembered for each connection, and for how long a change of
// its policies may go unnoticed.
inline constexpr std::size_t max_receive_decisions = 256;
inline constexpr std::int64_t receive_decision_ms = 10'000;

// The version number that lifecycle events count up for each client identifier is forgotten an hour
// after it left, as in AWS, or when so many left since.
inline constexpr std::int64_t connection_version_ms = std::int64_t{3'600} * 1'000;
inline constexpr std::size_t max_connection_versions = 1'000;

}  // namespace votemu::iot::limits
