#include "services/iot/mqtt/bytes.h"

#include <gtest/gtest.h>

#include "tests/unit/iot/packets.h"

namespace votemu::iot::mqtt {
namespace {

using namespace std::string_literals;

TEST(Bytes, ReadsWhatItWrote) {
  Writer writer;
  writer.byte(7).two_bytes(0xABCD).four_bytes(0x12345678).binary("päivä").raw("rest");
  Reader reader(writer.bytes());
  EXPECT_EQ(reader.byte(), 7);
  EXPECT_EQ(reader.two_bytes(), 0xABCD);
  EXPECT_EQ(reader.four_bytes(), 0x12345678U);
  EXPECT_EQ(reader.text(), "päivä");
  EXPECT_EQ(reader.take_rest(), "rest");
  EXPECT_NO_THROW(reader.expect_end());
}

TEST(Bytes, VariableIntegersHaveTheBoundsOfTheSpecification) {
  const std::vector<std::pair<std::uint32_t, std::size_t>> sizes{
      {0, 1},      {127, 1},       {128, 2},       {16'383, 2},
      {16'384, 3}, {2'097'151, 3}, {2'097'152, 4}, {max_variable_integer, 4}};
  for (const auto& [value, size] : sizes) {
    Writer writer;
    writer.variable_integer(value);
    EXPECT_EQ(writer.bytes().size(), size);
    EXPECT_EQ(Reader(writer.bytes()).variable_integer(), value);
  }
  const std::string five_bytes = "\x80\x80\x80\x80\x01"s;
  EXPECT_EQ(test::refusal([&] { Reader(five_bytes).variable_integer(); }),
            ReasonCode::malformed_packet);
}

TEST(Bytes, NothingReadsPastTheEnd) {
  const auto refuses = [](auto read) {
    return test::refusal(read) == ReasonCode::malformed_packet;
  };
  EXPECT_TRUE(refuses([] { Reader("").byte(); }));
  EXPECT_TRUE(refuses([] { Reader("a").two_bytes(); }));
  EXPECT_TRUE(refuses([] { Reader("abc").four_bytes(); }));
  EXPECT_TRUE(refuses([] { Reader("\x80").variable_integer(); }));
  EXPECT_TRUE(refuses([] { Reader("\0\5abcd"s).binary(); }));
  EXPECT_TRUE(refuses([] { Reader("a").expect_end(); }));
}

TEST(Bytes, StringsAreUtf8WithoutNul) {
  EXPECT_TRUE(is_mqtt_utf8(""));
  EXPECT_TRUE(is_mqtt_utf8("plain/ä/€/😀"));
  for (const std::string& bad :
       {"a\0b"s, "\x80"s, "\xC0\xAF"s, "\xE0\x80\x80"s, "\xED\xA0\x80"s, "\xF4\x90\x80\x80"s,
        "\xF8\x88\x80\x80\x80"s, "\xE2\x82"s, "\xC3("s, "\xFF"s, "\xF0\x80\x80\x80"s}) {
    EXPECT_FALSE(is_mqtt_utf8(bad));
  }
}

}  // namespace
}  // namespace votemu::iot::mqtt
