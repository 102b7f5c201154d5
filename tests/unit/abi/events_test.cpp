#include "handlers/abi/events.h"

#include <gtest/gtest.h>

#include "handlers/abi/aws_error.h"

namespace votemu::abi {
namespace {

TEST(ProxyRequest, HasAMethodAndPerhapsABody) {
  const auto post = decode_proxy_request(R"({"httpMethod":"POST","body":"{}","path":"/votes"})");
  EXPECT_EQ(post.http_method, "POST");
  EXPECT_EQ(post.body, "{}");
  EXPECT_EQ(decode_proxy_request(R"({"httpMethod":"GET","body":null})").body, std::nullopt);
  EXPECT_EQ(decode_proxy_request(R"({"httpMethod":"GET"})").body, std::nullopt);
}

TEST(ProxyRequest, DecodesABase64Body) {
  const std::string event = R"({"httpMethod":"POST","body":"AP8=","isBase64Encoded":)";
  EXPECT_EQ(decode_proxy_request(event + "true}").body, std::string("\0\xff", 2));
  EXPECT_EQ(decode_proxy_request(event + "false}").body, "AP8=");
  EXPECT_THROW(decode_proxy_request(R"({"httpMethod":"POST","body":"%","isBase64Encoded":true})"),
               AwsError);
}

TEST(ProxyRequest, IsRefusedWhenMalformed) {
  for (const auto* event :
       {"", "null", "[]", "{", "{}", R"({"httpMethod":1})", R"({"httpMethod":null,"body":"x"})"}) {
    EXPECT_THROW(decode_proxy_request(event), EventError) << event;
  }
}

TEST(ProxyResponse, IsWrittenAsJson) {
  EXPECT_EQ(encode_proxy_response({201, {{"A", "b"}}, "\"x\""}),
            R"({"statusCode":201,"headers":{"A":"b"},"body":"\"x\""})");
  EXPECT_EQ(encode_proxy_response({200, {}, "\xff"}),
            "{\"statusCode\":200,\"headers\":{},\"body\":\"\xef\xbf\xbd\"}");
}

TEST(SqsEvent, ListsItsMessages) {
  const auto records = decode_sqs_event(
      R"({"Records":[{"messageId":"1","body":"a","receiptHandle":"r"},{"messageId":"2","body":""}]})");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].message_id, "1");
  EXPECT_EQ(records[0].body, "a");
  EXPECT_EQ(records[1].body, "");
  EXPECT_TRUE(decode_sqs_event(R"({"Records":[]})").empty());
}

TEST(SqsEvent, IsRefusedWhenMalformed) {
  for (const auto* event : {"x", "{}", R"({"Records":{}})", R"({"Records":[null]})",
                            R"({"Records":[{"messageId":"1"}]})", R"({"Records":[{"body":"a"}]})",
                            R"({"Records":[{"messageId":1,"body":"a"}]})"}) {
    EXPECT_THROW(decode_sqs_event(event), EventError) << event;
  }
}

TEST(BatchItemFailures, AreWrittenAsJson) {
  EXPECT_EQ(encode_batch_item_failures({}), R"({"batchItemFailures":[]})");
  EXPECT_EQ(encode_batch_item_failures({"1", "2"}),
            R"({"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"2"}]})");
}

TEST(DynamoDbEvent, ListsItsChanges) {
  const auto records = decode_dynamodb_event(
      R"({"Records":[{"eventName":"INSERT","dynamodb":{"Keys":{"PK":{"S":"dog"}},)"
      R"("NewImage":{"PK":{"S":"dog"},"votes":{"N":"1"}}}},)"
      R"({"eventName":"REMOVE","dynamodb":{"Keys":{"PK":{"S":"cat"}}}}]})");
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(records[0].event_name, "INSERT");
  EXPECT_EQ(records[0].keys.at("PK"), AttributeValue(std::string("dog")));
  ASSERT_TRUE(records[0].new_image);
  EXPECT_EQ(records[0].new_image->at("votes"), AttributeValue(Number{"1"}));
  EXPECT_EQ(records[1].event_name, "REMOVE");
  EXPECT_EQ(records[1].new_image, std::nullopt);
}

TEST(DynamoDbEvent, IsRefusedWhenMalformed) {
  for (const auto* event :
       {"", "{}", R"({"Records":"x"})", R"({"Records":["x"]})",
        R"({"Records":[{"eventName":"INSERT"}]})", R"({"Records":[{"dynamodb":{"Keys":{}}}]})",
        R"({"Records":[{"eventName":"INSERT","dynamodb":{}}]})",
        R"({"Records":[{"eventName":1,"dynamodb":{"Keys":{}}}]})"}) {
    EXPECT_THROW(decode_dynamodb_event(event), EventError) << event;
  }
  for (const auto* change :
       {R"("Keys":{"PK":"dog"})", R"("Keys":{"PK":{"N":"x"}})", R"("Keys":{},"NewImage":[])",
        R"("Keys":{},"NewImage":{"a":{"X":1}})"}) {
    const std::string event =
        std::string(R"({"Records":[{"eventName":"INSERT","dynamodb":{)") + change + "}}]}";
    EXPECT_THROW(decode_dynamodb_event(event), AwsError) << event;
  }
}

}  // namespace
}  // namespace votemu::abi
