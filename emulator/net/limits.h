// What a connection may cost. Bounds on a request's size are in core/limits.h.
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::net::limits {

inline constexpr std::size_t max_connections = 10'000;
// What all connections together may hold of requests that have not come whole and of answers that
// have not left. Beyond, those are closed that have not moved for longest and hold a good deal,
// until a quarter is free again.
inline constexpr std::size_t max_held_bytes = std::size_t{256} << 20;
inline constexpr std::size_t least_held_bytes_to_give_way = std::size_t{16} << 10;
static_assert(max_connections * least_held_bytes_to_give_way < max_held_bytes / 4 * 3);
// When a connection is one too many, as many that wait for their clients give way.
inline constexpr std::size_t give_way_at_once = 32;
// Descriptors that are left to the store and the rest of the process; half of them all where there
// are few.
inline constexpr std::size_t other_descriptors = 400;
// Read at once, into one buffer that all connections share.
inline constexpr std::size_t read_chunk_bytes = std::size_t{64} << 10;
// Bytes that a client sent ahead while its request is being answered; then reading pauses.
inline constexpr std::size_t max_pipelined_bytes = std::size_t{256} << 10;
// A body's memory is taken at once up to this size; beyond, as it comes.
inline constexpr std::size_t reserved_body_bytes = std::size_t{64} << 10;
// Of the memory that a connection's request and answer took, for its next ones.
inline constexpr std::size_t kept_request_bytes = std::size_t{4} << 10;
inline constexpr std::size_t kept_output_bytes = std::size_t{16} << 10;
// Pipelined requests of one connection that are begun one after another; the others' come first
// then.
inline constexpr std::size_t max_requests_at_once = 16;
// Answers that wait for the client; then no further pipelined request is begun.
inline constexpr std::size_t max_output_bytes = std::size_t{1} << 20;
// After the last answer of a connection, what the client still sends is read and dropped for this
// long.
inline constexpr std::int64_t lingering_close_ms = 2'000;
// How long a stop waits for requests that are being answered.
inline constexpr std::int64_t stop_grace_ms = 3'000;
// From a TLS client's first byte until its handshake is done, and what it may send meanwhile.
inline constexpr std::int64_t tls_handshake_timeout_ms = 10'000;
inline constexpr std::size_t max_handshake_bytes = std::size_t{64} << 10;
// Taken from the socket for one read: TLS may carry much that holds no data.
inline constexpr std::size_t tls_receive_bytes = std::size_t{256} << 10;
// Pause after accept() failed, as it does when the process is out of descriptors.
inline constexpr std::int64_t accept_retry_ms = 100;
// Read at once of a WebSocket: little, so that as many reads as a turn takes do not bring more than
// a subscriber may have unsent.
inline constexpr std::size_t websocket_read_bytes = std::size_t{4} << 10;
// What a packet that waits for a WebSocket's peer takes beside its bytes; small ones would else
// pile up almost uncounted.
inline constexpr std::size_t websocket_packet_overhead_bytes = 96;
// One outgoing WebSocket message holds at most about this much.
inline constexpr std::size_t websocket_message_bytes = std::size_t{64} << 10;
// A WebSocket message that comes in; a longer one ends the connection.
inline constexpr std::size_t max_websocket_message_bytes = std::size_t{16} << 20;
// How long a closing WebSocket may take to write what it has left.
inline constexpr std::int64_t websocket_close_grace_ms = 2'000;

}  // namespace votemu::net::limits
