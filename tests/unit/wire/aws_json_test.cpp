#include "wire/aws_json.h"

#include <gtest/gtest.h>

namespace votemu::wire {
namespace {

using core::AwsError;
using core::Json;

TEST(AwsJsonRequest, IsAnObject) {
  EXPECT_EQ(decode_aws_json(R"({"TableName":"votes"})"), Json({{"TableName", "votes"}}));
  EXPECT_EQ(decode_aws_json(""), Json::object());
}

TEST(AwsJsonRequest, IsRefusedWhenItIsNone) {
  for (const auto* body : {"[]", "null", "1", "\"x\"", "{", "x", "{\"a\":\"\xff\"}"}) {
    try {
      decode_aws_json(body);
      ADD_FAILURE() << body;
    } catch (const AwsError& error) {
      EXPECT_EQ(error.code(), "SerializationException");
    }
  }
}

TEST(AwsJsonResponse, HasItsServicesVersionAndTheRequestId) {
  for (const auto* service : {"dynamodb", "streams.dynamodb", "sqs"}) {
    const auto response = encode_aws_json(service, {{"a", 1}}, "request-1");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, R"({"a":1})");
    EXPECT_EQ(response.headers.get("Content-Type"), "application/x-amz-json-1.0");
    EXPECT_EQ(response.headers.get("x-amzn-RequestId"), "request-1");
  }
  EXPECT_EQ(encode_aws_json("logs", {{"a", 1}}, "r").headers.get("Content-Type"),
            "application/x-amz-json-1.1");
}

TEST(AwsJsonResponse, CarriesAChecksumInDynamoDb) {
  // The check value of CRC-32/ISO-HDLC is that of "123456789"; a bare number is JSON as well.
  const auto response = encode_aws_json("dynamodb", 123456789, "r");
  EXPECT_EQ(response.headers.get("x-amz-crc32"), std::to_string(0xCBF43926U));
  EXPECT_EQ(encode_aws_json("dynamodb", Json::object(), "r").headers.get("x-amz-crc32"),
            "2745614147");
  EXPECT_FALSE(encode_aws_json("sqs", Json::object(), "r").headers.find("x-amz-crc32"));
}

TEST(AwsJsonResponse, WithoutMembersIsEmptyInLogsOnly) {
  EXPECT_EQ(encode_aws_json("logs", Json::object(), "r").body, "");
  EXPECT_EQ(encode_aws_json("sqs", Json::object(), "r").body, "{}");
  EXPECT_EQ(encode_aws_json("sqs", nullptr, "r").body, "");
}

std::string type_of(std::string_view service, const std::string& code) {
  const auto response = encode_aws_json_error(service, AwsError(code, "why"), "r");
  const auto body = Json::parse(response.body);
  EXPECT_EQ(body.at("message"), "why");
  return body.at("__type").get<std::string>();
}

TEST(AwsJsonError, IsQualifiedAsItsServiceDoes) {
  EXPECT_EQ(type_of("dynamodb", "ResourceNotFoundException"),
            "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException");
  EXPECT_EQ(type_of("streams.dynamodb", "TrimmedDataAccessException"),
            "com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException");
  EXPECT_EQ(type_of("dynamodb", "ValidationException"),
            "com.amazon.coral.validate#ValidationException");
  EXPECT_EQ(type_of("dynamodb", "SerializationException"),
            "com.amazon.coral.service#SerializationException");
  EXPECT_EQ(type_of("sqs", "QueueDoesNotExist"), "com.amazonaws.sqs#QueueDoesNotExist");
  EXPECT_EQ(type_of("sqs", "UnknownOperationException"),
            "com.amazon.coral.service#UnknownOperationException");
  EXPECT_EQ(type_of("logs", "ResourceNotFoundException"), "ResourceNotFoundException");
}

TEST(AwsJsonError, HasItsStatusAndDetails) {
  const AwsError error("TransactionCanceledException", "why", 400,
                       R"({"CancellationReasons":[{"Code":"None"}]})");
  const auto response = encode_aws_json_error("dynamodb", error, "request-1");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(Json::parse(response.body).at("CancellationReasons")[0].at("Code"), "None");
  EXPECT_TRUE(response.headers.find("x-amz-crc32"));
  EXPECT_EQ(response.headers.get("x-amzn-RequestId"), "request-1");
  EXPECT_EQ(encode_aws_json_error("logs", AwsError("Internal", "x", 500), "r").status, 500);
}

TEST(AwsJsonError, CarriesTheQueryProtocolsCodeInSqs) {
  const auto header = [](const std::string& code, int status) {
    return std::string(encode_aws_json_error("sqs", AwsError(code, "", status), "r")
                           .headers.get("x-amzn-query-error"));
  };
  EXPECT_EQ(header("QueueDoesNotExist", 400), "AWS.SimpleQueueService.NonExistentQueue;Sender");
  EXPECT_EQ(header("ReceiptHandleIsInvalid", 400), "ReceiptHandleIsInvalid;Sender");
  EXPECT_EQ(header("InternalFailure", 500), "InternalFailure;Receiver");
  EXPECT_FALSE(
      encode_aws_json_error("dynamodb", AwsError("A", ""), "r").headers.find("x-amzn-query-error"));
}

TEST(AwsJsonError, ReplacesWhatIsNotUtf8) {
  const auto response = encode_aws_json_error("sqs", AwsError("A", "bad \xff"), "r");
  EXPECT_EQ(Json::parse(response.body).at("message"), "bad \xef\xbf\xbd");
}

TEST(AwsJsonError, ForAnUnknownOperationHasNoText) {
  EXPECT_EQ(unknown_operation().code(), "UnknownOperationException");
  EXPECT_EQ(unknown_operation().message(), "");
  EXPECT_EQ(unknown_operation().http_status(), 400);
}

}  // namespace
}  // namespace votemu::wire
