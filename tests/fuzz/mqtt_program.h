// What the input of the session target says: a program of steps that clients, the clock and the
// network take. Numbers are on disk in the corpus: never renumber one.
#pragma once

#include <cstdint>

namespace votemu::fuzz {

// A step is its byte, then the client's number, then what it says in the comment, a byte each.
enum class Step : std::uint8_t {
  connect = 0,      // ConnectFlags, and which client identifier
  raw = 1,          // a length and as many bytes of the client's stream
  subscribe = 2,    // which filter, the options as MQTT 5 has them
  unsubscribe = 3,  // which filter
  publish = 4,      // which topic, PublishFlags, the payload's size: see payload_bytes
  acknowledge = 5,  // which of those in flight
  pass_time = 6,    // seconds, times the power of 4 in the client's number
  drop = 7,
  http_publish = 8,  // as publish
  // The peer takes nothing from now on, or everything again; 32 KiB it has not taken yet.
  stall = 9,
  finish_turn = 10,
  restart = 11,  // the process ends and starts again
  disconnect = 12,
};
inline constexpr std::size_t step_count = 13;

// Mostly few, for speed.
constexpr std::size_t payload_bytes(std::uint8_t size) {
  return size < 240 ? 1 + std::size_t{size} : (std::size_t{size} - 239) * 8'000;
}

struct ConnectFlags {
  static constexpr std::uint8_t v5 = 1;
  static constexpr std::uint8_t v3_1 = 2;
  static constexpr std::uint8_t keep_state = 4;
  static constexpr std::uint8_t will = 8;
  static constexpr std::uint8_t delayed_will = 16;
  static constexpr std::uint8_t session_expires_late = 32;
  static constexpr std::uint8_t receives_one = 64;
  static constexpr std::uint8_t takes_small_packets = 128;
};

struct PublishFlags {
  static constexpr std::uint8_t qos_1 = 1;
  static constexpr std::uint8_t retain = 2;
  static constexpr std::uint8_t expires = 4;
  static constexpr std::uint8_t empty = 8;
};

}  // namespace votemu::fuzz
