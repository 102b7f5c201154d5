// The frame reader on arbitrary bytes: it says the same however they are fragmented.
#include <string>

#include "net/limits.h"
#include "net/websocket_frames.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace votemu::net {
namespace {

using fuzz::require;

struct Reading {
  std::string data;      // of all messages, behind one another
  std::string controls;  // the same of control frames, with their opcodes
  int error = 0;
  bool operator==(const Reading&) const = default;
};

Reading read_in_pieces(std::string bytes, std::size_t piece_size) {
  Reading reading;
  FrameReader reader;
  try {
    for (std::span<char> rest(bytes); !rest.empty();) {
      std::span<char> piece = rest.first(std::min(piece_size, rest.size()));
      rest = rest.subspan(piece.size());
      while (const auto found = reader.next(piece)) {
        const bool is_control = found->opcode >= Opcode::close;
        require(!is_control || found->payload.size() <= 125, "control frames are short");
        if (is_control) reading.controls.push_back(static_cast<char>(found->opcode));
        (is_control ? reading.controls : reading.data).append(found->payload);
        if (found->opcode == Opcode::close) read_close_payload(found->payload);
      }
      require(piece.empty(), "what is there is taken");
    }
  } catch (const FrameError& error) {
    reading.error = static_cast<int>(error.code);
  }
  return reading;
}

}  // namespace
}  // namespace votemu::net

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace votemu;
  fuzz::Input input(data, size);
  const std::size_t piece_size = 1 + input.below(64);
  const std::string bytes(input.rest());
  const auto whole = net::read_in_pieces(bytes, bytes.size() + 1);
  fuzz::require(whole == net::read_in_pieces(bytes, piece_size), "fragments change nothing");
  return 0;
}
