#include "services/iot/mqtt/framer.h"

#include <gtest/gtest.h>

#include "services/iot/limits.h"
#include "tests/unit/iot/packets.h"

namespace votemu::iot::mqtt {
namespace {

using namespace std::string_literals;

std::vector<std::string> bodies(Framer& framer, std::string_view chunk) {
  std::vector<std::string> found;
  while (const auto frame = framer.next(chunk)) found.emplace_back(frame->body);
  return found;
}

ReasonCode refusal_of(const std::string& bytes) {
  return test::refusal([&] {
    Framer framer;
    bodies(framer, bytes);
  });
}

const std::string three_packets = packet(PacketType::pingreq, 0, {}) +
                                  packet(PacketType::publish, 0, std::string(300, 'a')) +
                                  packet(PacketType::puback, 0, "\0\1"s);

TEST(Framer, TakesSeveralPacketsFromOneChunk) {
  Framer framer;
  EXPECT_EQ(bodies(framer, three_packets),
            (std::vector<std::string>{"", std::string(300, 'a'), "\0\1"s}));
  EXPECT_EQ(framer.buffered_bytes(), 0U);
}

TEST(Framer, TakesBytesOneByOne) {
  Framer framer;
  std::vector<std::string> found;
  for (const char byte : three_packets) {
    for (auto& body : bodies(framer, std::string(1, byte))) found.push_back(std::move(body));
  }
  EXPECT_EQ(found, (std::vector<std::string>{"", std::string(300, 'a'), "\0\1"s}));
}

TEST(Framer, TakesEverySplitInTwo) {
  for (std::size_t cut = 0; cut <= three_packets.size(); ++cut) {
    Framer framer;
    auto found = bodies(framer, three_packets.substr(0, cut));
    for (auto& body : bodies(framer, three_packets.substr(cut))) found.push_back(std::move(body));
    EXPECT_EQ(found.size(), 3U) << cut;
    EXPECT_EQ(found[1], std::string(300, 'a')) << cut;
  }
}

TEST(Framer, RefusesUnknownTypesAndReservedFlagsAtTheFirstByte) {
  for (int first = 0; first < 256; ++first) {
    const int type = first >> 4;
    const int flags = first & 0x0F;
    const bool flagged = type == 6 || type == 8 || type == 10;
    const bool good = type == 3 || (type != 0 && flags == (flagged ? 2 : 0));
    EXPECT_EQ(refusal_of(std::string(1, static_cast<char>(first))),
              good ? ReasonCode::success : ReasonCode::malformed_packet)
        << first;
  }
}

TEST(Framer, RefusesALengthOfFiveBytes) {
  EXPECT_EQ(refusal_of("\x30\xFF\xFF\xFF\xFF"s), ReasonCode::malformed_packet);
}

TEST(Framer, RefusesALargePacketBeforeItArrives) {
  const auto header = [](std::uint32_t length) {
    Writer writer;
    writer.byte(0x30).variable_integer(length);
    return writer.take();
  };
  const std::uint32_t most = limits::max_packet_bytes - 4;
  EXPECT_EQ(refusal_of(header(most)), ReasonCode::success);
  EXPECT_EQ(refusal_of(header(most + 1)), ReasonCode::packet_too_large);
  EXPECT_EQ(refusal_of(header(max_variable_integer)), ReasonCode::packet_too_large);
}

TEST(Framer, HoldsNoMoreThanTheIncompletePacket) {
  Framer framer;
  bodies(framer, packet(PacketType::publish, 0, std::string(1'000, 'a')) + "\x30\x7F"s + "abc");
  EXPECT_EQ(framer.buffered_bytes(), 5U);
}

}  // namespace
}  // namespace votemu::iot::mqtt
