#include <gtest/gtest.h>

#include "core/aws_error.h"
#include "handlers/abi/base64.h"
#include "services/iot/limits.h"
#include "tests/unit/iot/broker_fixture.h"

namespace votemu::iot::test {
namespace {

using core::AwsError;
using core::Json;

class OperationsTest : public BrokerTest {
 protected:
  Json call(const std::string& name, const Json& request) {
    core::RequestContext context;
    context.request_id = "request-1";
    context.host = "localhost:4567";
    return core::call(runtime.store, operations, name, context, request);
  }
  // "CODE status: message"
  std::string error_of(const std::string& name, const Json& request) {
    try {
      call(name, request);
    } catch (const AwsError& error) {
      return error.code() + " " + std::to_string(error.http_status()) + ": " + error.message();
    }
    return "";
  }

  core::OperationTable operations = broker.operations();
};

TEST_F(OperationsTest, PublishReachesSubscribers) {
  auto reader = client("reader", {.version = Version::v5});
  reader->subscribe("votes", 1);
  reader->take_frames();
  const Json response = call("Publish", {{"topic", "votes"},
                                         {"payload", std::string("raw \xFF\0", 6)},
                                         {"qos", 1},
                                         {"contentType", "text/plain"},
                                         {"responseTopic", "reply"},
                                         {"correlationData", "AAE="},
                                         {"messageExpiry", "60"},
                                         {"payloadFormatIndicator", "UTF8_DATA"},
                                         {"userProperties", "[{\"a\":\"1\"},{\"a\":\"2\"}]"}});
  EXPECT_EQ(response, (Json{{"message", "OK"}, {"traceId", "request-1"}}));
  const Message got = reader->take_publishes().at(0).message;
  EXPECT_EQ(got.payload, std::string("raw \xFF\0", 6));
  EXPECT_EQ(got.qos, 1);
  EXPECT_EQ(got.properties.number(PropertyId::payload_format_indicator), 1U);
  EXPECT_EQ(got.properties.number(PropertyId::message_expiry_interval), 60U);
  EXPECT_EQ(*got.properties.text(PropertyId::content_type), "text/plain");
  EXPECT_EQ(*got.properties.text(PropertyId::response_topic), "reply");
  EXPECT_EQ(*got.properties.text(PropertyId::correlation_data), std::string("\0\1", 2));
  EXPECT_EQ(std::get<mqtt::UserProperty>(got.properties.all().back().value),
            (mqtt::UserProperty{"a", "2"}));
}

TEST_F(OperationsTest, PublishNeedsOnlyATopic) {
  auto reader = subscriber("reader", "votes");
  call("Publish", {{"topic", "votes"}});
  EXPECT_EQ(reader->take_payloads(), Payloads{""});
}

TEST_F(OperationsTest, PublishRefusesWhatAwsRefuses) {
  const auto starts_with = [&](const Json& request, const std::string& expected) {
    const std::string error = error_of("Publish", request);
    EXPECT_TRUE(error.starts_with(expected)) << error;
  };
  const std::string invalid = "InvalidRequestException 400: ";
  starts_with(Json::object(), invalid + "Topic is required.");
  starts_with({{"topic", "a/+"}}, invalid + "Topic must");
  starts_with({{"topic", std::string(limits::max_topic_bytes + 1, 't')}}, invalid + "Topic must");
  starts_with({{"topic", "1/2/3/4/5/6/7/8/9"}}, invalid + "Topic must");
  starts_with({{"topic", "\xFF"}}, invalid + "Topic must");
  starts_with({{"topic", "t"}, {"qos", 2}}, invalid + "QoS");
  starts_with({{"topic", "t"}, {"qos", -1}}, invalid + "QoS");
  starts_with({{"topic", "t"}, {"payload", std::string(limits::max_payload_bytes + 1, 'x')}},
              invalid + "Payload");
  starts_with({{"topic", "t"}, {"responseTopic", "a/#"}}, invalid + "ResponseTopic");
  starts_with({{"topic", "t"}, {"messageExpiry", -1}}, invalid + "MessageExpiry");
  starts_with({{"topic", "t"}, {"contentType", "\xFF"}}, invalid + "A property");
  starts_with({{"topic", "t"}, {"contentType", std::string(70'000, 'x')}}, invalid + "A property");
  starts_with({{"topic", "t"}, {"contentType", std::string(60'000, 'x')}}, invalid + "The prop");
  starts_with({{"topic", "t"}, {"payloadFormatIndicator", "TEXT"}}, invalid + "PayloadFormat");
  starts_with({{"topic", "t"}, {"userProperties", Json::object()}}, invalid + "UserProperties");
  starts_with({{"topic", "t"}, {"userProperties", {1}}}, invalid + "UserProperties");
  starts_with({{"topic", "t"}, {"userProperties", {{{"a", 1}}}}}, invalid + "UserProperties");
  starts_with({{"topic", "t"}, {"userProperties", "["}}, "SerializationException");
  starts_with({{"topic", 5}}, "SerializationException");
  starts_with({{"topic", "$aws/things/x"}}, "ForbiddenException 403: Forbidden");
}

TEST_F(OperationsTest, PayloadAtTheBound) {
  EXPECT_EQ(error_of("Publish",
                     {{"topic", "t"}, {"payload", std::string(limits::max_payload_bytes, 'x')}}),
            "");
}

TEST_F(OperationsTest, GetRetainedMessage) {
  call("Publish", {{"topic", "a/b"}, {"payload", "42"}, {"qos", 1}, {"retain", "true"}});
  EXPECT_EQ(call("GetRetainedMessage", {{"topic", "a/b"}}),
            (Json{{"topic", "a/b"},
                  {"payload", "NDI="},
                  {"qos", 1},
                  {"lastModifiedTime", runtime.clock.now_ms()}}));
  EXPECT_EQ(error_of("GetRetainedMessage", {{"topic", "a"}}),
            "ResourceNotFoundException 404: The specified resource does not exist.");
}

TEST_F(OperationsTest, ARetainedMessageHasItsUserProperties) {
  call("Publish", {{"topic", "a"},
                   {"payload", "x"},
                   {"retain", true},
                   {"userProperties", "[{\"a\":\"1\"},{\"a\":\"2\"}]"}});
  EXPECT_EQ(call("GetRetainedMessage", {{"topic", "a"}})["userProperties"],
            abi::base64_encode("[{\"a\":\"1\"},{\"a\":\"2\"}]"));
}

TEST_F(OperationsTest, UserPropertiesHaveMqttsBound) {
  const std::string value(limits::max_user_property_bytes, 'x');
  EXPECT_EQ(error_of("Publish", {{"topic", "a"}, {"userProperties", {{{"a", value}}}}}),
            "InvalidRequestException 400: UserProperties must be at most 8192 bytes.");
}

TEST_F(OperationsTest, ListRetainedMessagesInPages) {
  for (const char* topic : {"c", "a", "a/b"}) {
    call("Publish", {{"topic", topic}, {"payload", "12345"}, {"retain", true}});
  }
  const Json first = call("ListRetainedMessages", {{"maxResults", 2}});
  ASSERT_EQ(first["retainedTopics"].size(), 2U);
  EXPECT_EQ(first["retainedTopics"][0], (Json{{"topic", "a"},
                                              {"payloadSize", 5},
                                              {"qos", 0},
                                              {"lastModifiedTime", runtime.clock.now_ms()}}));
  EXPECT_EQ(first["retainedTopics"][1]["topic"], "a/b");
  const Json second = call("ListRetainedMessages", {{"nextToken", first["nextToken"]}});
  ASSERT_EQ(second["retainedTopics"].size(), 1U);
  EXPECT_EQ(second["retainedTopics"][0]["topic"], "c");
  EXPECT_FALSE(second.contains("nextToken"));
}

TEST_F(OperationsTest, ListRetainedMessagesChecksItsRequest) {
  EXPECT_NE(error_of("ListRetainedMessages", {{"maxResults", 0}}), "");
  EXPECT_NE(error_of("ListRetainedMessages", {{"maxResults", 201}}), "");
  EXPECT_EQ(error_of("ListRetainedMessages", {{"nextToken", "*"}}),
            "InvalidRequestException 400: NextToken is invalid.");
}

TEST_F(OperationsTest, DescribeEndpointIsThePortThatWasAsked) {
  for (const char* type : {"iot:Data", "iot:Data-ATS", "iot:CredentialProvider", "iot:Jobs"}) {
    EXPECT_EQ(call("DescribeEndpoint", {{"endpointType", type}}),
              (Json{{"endpointAddress", "localhost:4567"}}));
  }
  EXPECT_EQ(call("DescribeEndpoint", Json::object())["endpointAddress"], "localhost:4567");
  EXPECT_EQ(error_of("DescribeEndpoint", {{"endpointType", "iot:Abc"}}),
            "InvalidRequestException 400: Endpoint type iot:Abc not recognized.");
}

}  // namespace
}  // namespace votemu::iot::test
