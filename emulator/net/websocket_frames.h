// WebSocket's frames (RFC 6455, section 5), as a server reads and writes them. No sockets.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace votemu::net {

enum class Opcode : std::uint8_t {
  continuation = 0,
  text = 1,
  binary = 2,
  close = 8,
  ping = 9,
  pong = 10,
};

// Why a connection ends (section 7.4).
enum class CloseCode : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  unsupported_data = 1003,
  message_too_big = 1009,
};

// What the client sent is no WebSocket, or too much of one.
struct FrameError {
  CloseCode code;
};

// In front of the payload, which follows unmasked as the frame's only content.
void append_frame_header(std::string& bytes, Opcode opcode, std::size_t payload_bytes);
// With at most 125 bytes.
void append_control_frame(std::string& bytes, Opcode opcode, std::string_view payload);

// What a close frame carries. The client's code may be one that CloseCode does not name.
std::string close_payload(CloseCode code);
// Normal when it carries none. Throws FrameError when it is malformed.
CloseCode read_close_payload(std::string_view payload);

// Takes a client's frames apart, however the bytes are cut. Data frames need no buffer: they come
// in pieces as long as there are bytes.
class FrameReader {
 public:
  struct Piece {
    Opcode opcode;             // the message's, also for its continuations
    std::string_view payload;  // unmasked; the whole payload of a control frame
  };

  // Takes the next piece from `input` and unmasks it in place. Empty when it needs more bytes than
  // there are. The payload lives until the next call and no longer than `input`'s bytes. After it
  // has thrown FrameError the reader is good for nothing.
  std::optional<Piece> next(std::span<char>& input);

 private:
  static constexpr std::size_t mask_bytes = 4;

  bool read_header(std::span<char>& input);
  std::size_t header_bytes() const;
  void check_first_bytes() const;
  void begin_payload();
  void begin_data();
  void unmask(std::span<char> bytes);

  std::string header_;   // of the frame that is being read
  std::string control_;  // what has come of a control frame's payload
  Opcode opcode_{};
  std::array<char, mask_bytes> mask_{};
  std::size_t unmasked_ = 0;  // of the frame's payload
  std::uint64_t left_ = 0;    // likewise
  bool in_frame_ = false;
  Opcode message_{};
  std::uint64_t message_bytes_ = 0;
  bool in_message_ = false;  // more frames of it follow
};

}  // namespace votemu::net
