// What a client would send, and what is expected of every decoder.
#pragma once

#include <gtest/gtest.h>

#include "tests/support/mqtt_packets.h"

namespace votemu::iot::mqtt::test {

// The reason for which `decode` refuses; success when it does not.
template <class Decode>
ReasonCode refusal(Decode&& decode) {
  try {
    decode();
  } catch (const ProtocolError& error) {
    return error.reason();
  }
  return ReasonCode::success;
}

// Every beginning of a packet's content that is not the whole of it is refused, and so is one byte
// more.
template <class Decode>
void expect_exact_length(const OwnedFrame& frame, Decode&& decode) {
  for (std::size_t length = 0; length < frame.body.size(); ++length) {
    const OwnedFrame cut{frame.type, frame.flags, frame.body.substr(0, length)};
    EXPECT_TRUE(is_error(refusal([&] { decode(cut.view()); }))) << "cut at " << length;
  }
  const OwnedFrame longer{frame.type, frame.flags, frame.body + '\0'};
  EXPECT_TRUE(is_error(refusal([&] { decode(longer.view()); }))) << "a byte too many";
}

}  // namespace votemu::iot::mqtt::test
