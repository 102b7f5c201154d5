#include "services/iot/mqtt/properties.h"

#include <gtest/gtest.h>

#include "services/iot/limits.h"
#include "tests/unit/iot/packets.h"

namespace votemu::iot::mqtt {
namespace {

using namespace std::string_literals;

Properties decode(const std::string& bytes, PropertyPlace place) {
  Reader reader(bytes);
  Properties properties = decode_properties(reader, place);
  reader.expect_end();
  return properties;
}

// The properties' own bytes, with their length before them.
std::string sized(const std::string& properties) {
  Writer writer;
  writer.variable_integer(static_cast<std::uint32_t>(properties.size())).raw(properties);
  return writer.take();
}

ReasonCode refusal_of(const std::string& properties, PropertyPlace place) {
  return test::refusal([&] { decode(sized(properties), place); });
}

TEST(Properties, EveryKindOfAPublishComesBackAsItWent) {
  Properties properties;
  properties.add(PropertyId::payload_format_indicator, 1)
      .add(PropertyId::message_expiry_interval, 3'600)
      .add(PropertyId::content_type, "application/json"s)
      .add(PropertyId::response_topic, "reply/here"s)
      .add(PropertyId::correlation_data, "\0\xFF"s)
      .add(PropertyId::topic_alias, 3)
      .add_user("a", "1")
      .add_user("a", "2");
  Writer writer;
  encode_properties(writer, properties);
  EXPECT_EQ(decode(writer.bytes(), PropertyPlace::publish), properties);
}

TEST(Properties, EveryKindOfAConnackComesBackAsItWent) {
  Properties properties;
  properties.add(PropertyId::session_expiry_interval, 9)
      .add(PropertyId::assigned_client_identifier, "id"s)
      .add(PropertyId::server_keep_alive, 1'200)
      .add(PropertyId::receive_maximum, 100)
      .add(PropertyId::maximum_qos, 1)
      .add(PropertyId::retain_available, 1)
      .add(PropertyId::maximum_packet_size, 149'504)
      .add(PropertyId::reason_string, "why"s);
  Writer writer;
  encode_properties(writer, properties);
  EXPECT_EQ(decode(writer.bytes(), PropertyPlace::connack), properties);
}

TEST(Properties, NoneIsOneByte) {
  EXPECT_TRUE(decode("\0"s, PropertyPlace::publish).empty());
  EXPECT_EQ(decode("\0"s, PropertyPlace::publish).number(PropertyId::topic_alias), std::nullopt);
  EXPECT_EQ(decode("\0"s, PropertyPlace::publish).text(PropertyId::content_type), nullptr);
}

TEST(Properties, ThoseOfAnotherPacketAreMalformed) {
  EXPECT_EQ(refusal_of("\x12\0\1a"s, PropertyPlace::publish), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\x23\0\1"s, PropertyPlace::connect), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\x7F\0"s, PropertyPlace::publish), ReasonCode::malformed_packet);
  EXPECT_EQ(refusal_of("\0"s, PropertyPlace::publish), ReasonCode::malformed_packet);
}

TEST(Properties, TwiceIsAProtocolError) {
  EXPECT_EQ(refusal_of("\x23\0\1\x23\0\2"s, PropertyPlace::publish), ReasonCode::protocol_error);
}

TEST(Properties, ValuesOutOfTheirRangeAreProtocolErrors) {
  EXPECT_EQ(refusal_of("\1\2"s, PropertyPlace::publish), ReasonCode::protocol_error);
  EXPECT_EQ(refusal_of("\x21\0\0"s, PropertyPlace::connect), ReasonCode::protocol_error);
  EXPECT_EQ(refusal_of("\x27\0\0\0\0"s, PropertyPlace::connect), ReasonCode::protocol_error);
}

TEST(Properties, EveryCutIsMalformed) {
  const std::string whole = "\2\0\0\0\5\3\0\4text\x26\0\1a\0\1b"s;
  EXPECT_EQ(refusal_of(whole, PropertyPlace::publish), ReasonCode::success);
  for (const std::size_t length : {1U, 2U, 4U, 6U, 8U, 11U, 13U, 15U, 17U}) {
    EXPECT_EQ(refusal_of(whole.substr(0, length), PropertyPlace::publish),
              ReasonCode::malformed_packet)
        << length;
  }
  EXPECT_EQ(test::refusal([] { decode("\5\1\1"s, PropertyPlace::publish); }),
            ReasonCode::malformed_packet);
}

TEST(Properties, UserPropertiesHaveABound) {
  const auto user_bytes = [](std::size_t size) {
    Writer writer;
    writer.byte(0x26).binary("").binary(std::string(size, 'x'));
    return writer.take();
  };
  EXPECT_EQ(refusal_of(user_bytes(limits::max_user_property_bytes), PropertyPlace::publish),
            ReasonCode::success);
  EXPECT_EQ(refusal_of(user_bytes(limits::max_user_property_bytes + 1), PropertyPlace::publish),
            ReasonCode::quota_exceeded);
}

}  // namespace
}  // namespace votemu::iot::mqtt
