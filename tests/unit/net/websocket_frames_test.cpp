#include "net/websocket_frames.h"

#include <gtest/gtest.h>

#include <vector>

#include "net/limits.h"

namespace votemu::net {
namespace {

using namespace std::string_literals;

// What came out: "binary:payload", pieces of one message joined while `whole` bytes are fed.
struct Reading {
  FrameReader reader;
  std::vector<std::string> pieces;
  std::optional<CloseCode> error;

  void feed(std::string bytes) {
    std::span<char> input(bytes);
    try {
      while (const auto piece = reader.next(input)) {
        pieces.push_back(std::to_string(static_cast<int>(piece->opcode)) + ":" +
                         std::string(piece->payload));
      }
    } catch (const FrameError& failure) {
      error = failure.code;
    }
  }
};

// Masked with "mask".
std::string frame(char first, const std::string& payload) {
  const std::string mask = "mask";
  std::string bytes{first, static_cast<char>(0x80 | payload.size())};
  bytes += mask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    bytes.push_back(static_cast<char>(payload[i] ^ mask[i % 4]));
  }
  return bytes;
}

std::vector<std::string> pieces_of(const std::string& bytes) {
  Reading reading;
  reading.feed(bytes);
  EXPECT_FALSE(reading.error);
  return reading.pieces;
}

std::optional<CloseCode> error_of(const std::string& bytes) {
  Reading reading;
  reading.feed(bytes);
  return reading.error;
}

using Pieces = std::vector<std::string>;

TEST(WebSocketFrames, AreReadUnmasked) {
  EXPECT_EQ(pieces_of(frame('\x82', "hello") + frame('\x82', "") + frame('\x81', "text")),
            (Pieces{"2:hello", "2:", "1:text"}));
}

TEST(WebSocketFrames, AreReadByteForByte) {
  Reading reading;
  for (const char byte : frame('\x89', "ping") + frame('\x82', "abc")) reading.feed({byte});
  EXPECT_EQ(reading.pieces, (Pieces{"9:ping", "2:a", "2:b", "2:c"}));
}

TEST(WebSocketFrames, OfOneMessageMayHaveControlFramesBetweenThem) {
  EXPECT_EQ(pieces_of(frame('\x02', "a") + frame('\x89', "p") + frame('\x00', "b") +
                      frame('\x80', "c") + frame('\x82', "d")),
            (Pieces{"2:a", "9:p", "2:b", "2:c", "2:d"}));
}

TEST(WebSocketFrames, HaveTheirLengthInTwoOrEightBytes) {
  EXPECT_EQ(pieces_of("\x82\xfe\x00\x7e\0\0\0\0"s + std::string(126, 'x')),
            Pieces{"2:" + std::string(126, 'x')});
  EXPECT_EQ(pieces_of("\x82\xff\0\0\0\0\0\1\0\0\0\0\0\0"s + std::string(65'536, 'x')),
            Pieces{"2:" + std::string(65'536, 'x')});
  EXPECT_EQ(error_of("\x82\xfe\x00\x7d\0\0\0\0"s), CloseCode::protocol_error);
  EXPECT_EQ(error_of("\x82\xff\0\0\0\0\0\0\xff\xff\0\0\0\0"s), CloseCode::protocol_error);
}

TEST(WebSocketFrames, OfAMessageThatIsTooLongAreRefused) {
  static_assert(limits::max_websocket_message_bytes == 0x100'0000);
  EXPECT_FALSE(error_of("\x82\xff\0\0\0\0\x01\0\0\0\0\0\0\0"s));
  EXPECT_EQ(error_of("\x82\xff\0\0\0\0\x01\0\0\1\0\0\0\0"s), CloseCode::message_too_big);
  EXPECT_EQ(error_of("\x82\xff\xff\0\0\0\x01\0\0\0\0\0\0\0"s), CloseCode::message_too_big);
  EXPECT_EQ(error_of(frame('\x02', "a") + "\x80\xff\0\0\0\0\x01\0\0\0\0\0\0\0"s),
            CloseCode::message_too_big);
}

TEST(WebSocketFrames, ThatAreNoneAreRefused) {
  for (const std::string& bytes : {
           "\x82\x03"s,                      // not masked
           "\xc2\x80"s,                      // a reserved bit
           "\x83\x80"s, "\x8b\x80"s,         // unknown opcodes
           "\x80\x80"s,                      // continues nothing
           frame('\x02', "a") + "\x82\x80",  // within another message
           "\x09\x80"s,                      // a control frame in parts
           "\x89\xfe"s,                      // a long control frame
       }) {
    EXPECT_EQ(error_of(bytes), CloseCode::protocol_error);
  }
}

TEST(WebSocketFrames, AreWritten) {
  const auto header = [](std::size_t size) {
    std::string bytes;
    append_frame_header(bytes, Opcode::binary, size);
    return bytes;
  };
  EXPECT_EQ(header(0), "\x82\x00"s);
  EXPECT_EQ(header(125), "\x82\x7d");
  EXPECT_EQ(header(126), "\x82\x7e\x00\x7e"s);
  EXPECT_EQ(header(65'535), "\x82\x7e\xff\xff");
  EXPECT_EQ(header(65'536), "\x82\x7f\0\0\0\0\0\1\0\0"s);
  std::string pong;
  append_control_frame(pong, Opcode::pong, "abc");
  EXPECT_EQ(pong,
            "\x8a\x03"
            "abc");
}

TEST(WebSocketFrames, SayWhyTheConnectionEnds) {
  EXPECT_EQ(close_payload(CloseCode::going_away), "\x03\xe9");
  EXPECT_EQ(read_close_payload(""), CloseCode::normal);
  EXPECT_EQ(read_close_payload("\x03\xe9 bye"), CloseCode::going_away);
  EXPECT_EQ(close_payload(read_close_payload("\x0b\xb8")), "\x0b\xb8");
  for (const std::string& wrong : {"x"s, "\x03\xe7"s, "\x03\xec"s, "\x03\xed"s, "\x03\xee"s,
                                   "\x03\xf6"s, "\x0b\xb7"s, "\x03\xe8\xff"s}) {
    EXPECT_THROW(read_close_payload(wrong), FrameError);
  }
}

}  // namespace
}  // namespace votemu::net
