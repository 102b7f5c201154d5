#include "wire/aws_query.h"

#include <gtest/gtest.h>

#include "wire/limits.h"
#include "wire/query_services.h"

namespace votemu::wire {
namespace {

using core::AwsError;
using core::Json;

// What Debian's awscli and boto3 send begins like this, the action's name apart.
const std::string url = "&QueueUrl=http%3A%2F%2Flocalhost%3A4566%2F000000000000%2Fvotes";
const std::string plain_url = "http://localhost:4566/000000000000/votes";

Json decode(const std::string& action, const std::string& rest) {
  const auto form = parse_form("Action=" + action + "&Version=2012-11-05" + rest);
  return query_request(query_operation(sqs_query_service(), form), form);
}

std::string encode(const std::string& action, const Json& response) {
  const auto form = parse_form("Action=" + action);
  const auto& service = sqs_query_service();
  return query_response(service, query_operation(service, form), response, "request-1");
}

std::string body_of(const std::string& action, const std::string& result) {
  return "<?xml version=\"1.0\"?><" + action +
         "Response xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">" + result +
         "<ResponseMetadata><RequestId>request-1</RequestId></ResponseMetadata></" + action +
         "Response>";
}

std::string code_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const AwsError& error) {
    return error.code();
  }
  return "";
}

TEST(QueryForm, DecodesPlusPercentAndMissingValues) {
  const QueryParameters expected{{"a b", "c&d=e+f"}, {"empty", ""}, {"bare", ""}};
  EXPECT_EQ(parse_form("a+b=c%26d%3De%2Bf&empty=&&bare"), expected);
  EXPECT_TRUE(parse_form("").empty());
}

TEST(QueryForm, BoundsTheNumberOfParameters) {
  std::string text;
  for (std::size_t i = 0; i < limits::max_query_parameters; ++i) text += "a=1&";
  EXPECT_EQ(parse_form(text).size(), limits::max_query_parameters);
  EXPECT_EQ(code_of([&] { parse_form(text + "b=1"); }), "MalformedQueryString");
}

TEST(QueryForm, RefusesWhatIsNotUtf8) {
  for (const auto* text : {"a=%ff", "%ff=a", "a=\xff", "a=%c3"}) {
    EXPECT_EQ(code_of([&] { parse_form(text); }), "MalformedQueryString") << text;
  }
  EXPECT_EQ(parse_form("a=%c3%bc").front().second, "\u00fc");
}

TEST(QueryForm, FindsTheFirstParameterOfAName) {
  const auto form = parse_form("Action=A&Action=B");
  EXPECT_EQ(parameter(form, "Action"), "A");
  EXPECT_EQ(parameter(form, "Version"), std::nullopt);
}

TEST(QueryRequest, NamesMissingAndUnknownActions) {
  const auto& service = sqs_query_service();
  EXPECT_EQ(code_of([&] { query_operation(service, {}); }), "MissingAction");
  try {
    query_operation(service, parse_form("Action=Vote"));
    FAIL();
  } catch (const AwsError& error) {
    EXPECT_EQ(error.code(), "InvalidAction");
    EXPECT_EQ(error.message(), "The action Vote is not valid for this endpoint.");
  }
}

TEST(QueryRequest, CreateQueue) {
  const Json expected{{"QueueName", "votes"},
                      {"Attributes", {{"DelaySeconds", "5"}, {"VisibilityTimeout", "60"}}},
                      {"tags", {{"env", "dev"}}}};
  EXPECT_EQ(decode("CreateQueue",
                   "&QueueName=votes&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5"
                   "&Attribute.2.Name=VisibilityTimeout&Attribute.2.Value=60"
                   "&Tag.1.Key=env&Tag.1.Value=dev"),
            expected);
}

TEST(QueryRequest, GetQueueAttributes) {
  const Json expected{{"QueueUrl", plain_url}, {"AttributeNames", {"All", "QueueArn"}}};
  EXPECT_EQ(decode("GetQueueAttributes", url + "&AttributeName.1=All&AttributeName.2=QueueArn"),
            expected);
}

TEST(QueryRequest, SendMessageWithAttributes) {
  const Json expected{{"QueueUrl", plain_url},
                      {"MessageBody", "a&b=c +\u00e9\r\n<x>"},
                      {"DelaySeconds", 3},
                      {"MessageAttributes",
                       {{"A", {{"DataType", "String"}, {"StringValue", "x y"}}},
                        {"B", {{"DataType", "Binary"}, {"BinaryValue", "AP8="}}}}},
                      {"MessageSystemAttributes",
                       {{"AWSTraceHeader", {{"DataType", "String"}, {"StringValue", "Root=1"}}}}}};
  EXPECT_EQ(decode("SendMessage",
                   url + "&MessageBody=a%26b%3Dc+%2B%C3%A9%0D%0A%3Cx%3E&DelaySeconds=3"
                         "&MessageAttribute.1.Name=A&MessageAttribute.1.Value.DataType=String"
                         "&MessageAttribute.1.Value.StringValue=x+y&MessageAttribute.2.Name=B"
                         "&MessageAttribute.2.Value.DataType=Binary"
                         "&MessageAttribute.2.Value.BinaryValue=AP8%3D"
                         "&MessageSystemAttribute.1.Name=AWSTraceHeader"
                         "&MessageSystemAttribute.1.Value.DataType=String"
                         "&MessageSystemAttribute.1.Value.StringValue=Root%3D1"),
            expected);
}

TEST(QueryRequest, SendMessageBatch) {
  const Json second{{"Id", "b"},
                    {"MessageBody", "2"},
                    {"DelaySeconds", 1},
                    {"MessageAttributes", {{"A", {{"DataType", "Number"}, {"StringValue", "7"}}}}}};
  const Json first{{"Id", "a"}, {"MessageBody", "1"}};
  const std::string entry = "&SendMessageBatchRequestEntry.";
  const Json request =
      decode("SendMessageBatch", url + entry + "1.Id=a" + entry + "1.MessageBody=1" + entry +
                                     "2.Id=b" + entry + "2.MessageBody=2" + entry +
                                     "2.DelaySeconds=1" + entry + "2.MessageAttribute.1.Name=A" +
                                     entry + "2.MessageAttribute.1.Value.DataType=Number" + entry +
                                     "2.MessageAttribute.1.Value.StringValue=7");
  EXPECT_EQ(request["Entries"], Json::array({first, second}));
}

TEST(QueryRequest, AnEmptyListIsSentUnderTheMembersOwnNameAndMeansNone) {
  EXPECT_EQ(decode("SendMessageBatch", url + "&Entries="), (Json{{"QueueUrl", plain_url}}));
}

TEST(QueryRequest, ReceiveMessage) {
  const Json expected{{"QueueUrl", plain_url},
                      {"AttributeNames", {"All"}},
                      {"MessageAttributeNames", {"A", "B.*"}},
                      {"MaxNumberOfMessages", 10},
                      {"WaitTimeSeconds", 0},
                      {"VisibilityTimeout", 0}};
  EXPECT_EQ(
      decode("ReceiveMessage",
             url + "&AttributeName.1=All&MessageAttributeName.1=A&MessageAttributeName.2=B.%2A"
                   "&MaxNumberOfMessages=10&WaitTimeSeconds=0&VisibilityTimeout=0"),
      expected);
}

TEST(QueryRequest, HandleBatches) {
  const std::string change = "&ChangeMessageVisibilityBatchRequestEntry.1.";
  EXPECT_EQ(
      decode("ChangeMessageVisibilityBatch", url + change + "Id=a" + change + "ReceiptHandle=h" +
                                                 change + "VisibilityTimeout=0")["Entries"],
      Json::array({{{"Id", "a"}, {"ReceiptHandle", "h"}, {"VisibilityTimeout", 0}}}));
  const std::string remove = "&DeleteMessageBatchRequestEntry.1.";
  EXPECT_EQ(
      decode("DeleteMessageBatch", url + remove + "Id=a" + remove + "ReceiptHandle=h")["Entries"],
      Json::array({{{"Id", "a"}, {"ReceiptHandle", "h"}}}));
}

TEST(QueryRequest, TagsAndPermissions) {
  EXPECT_EQ(
      decode("TagQueue", url + "&Tag.1.Key=k&Tag.1.Value=v&Tag.2.Key=k2&Tag.2.Value=")["Tags"],
      (Json{{"k", "v"}, {"k2", ""}}));
  EXPECT_EQ(decode("UntagQueue", url + "&TagKey.1=k")["TagKeys"], Json::array({"k"}));
  const Json permission = decode(
      "AddPermission", url + "&Label=l&AWSAccountId.1=111111111111&ActionName.1=SendMessage");
  EXPECT_EQ(permission["AWSAccountIds"], Json::array({"111111111111"}));
  EXPECT_EQ(permission["Actions"], Json::array({"SendMessage"}));
}

TEST(QueryRequest, ElementsKeepTheOrderOfTheirNumbers) {
  EXPECT_EQ(decode("UntagQueue", "&TagKey.10=c&TagKey.2=b&TagKey.1=a&TagKey.x=z")["TagKeys"],
            Json::array({"a", "b", "c"}));
}

TEST(QueryRequest, RefusesValuesOfAnotherTypeAndDeepNames) {
  EXPECT_EQ(code_of([] { decode("SendMessage", "&DelaySeconds=soon"); }), "MalformedInput");
  std::string name = "a";
  for (std::size_t i = 1; i < limits::max_query_depth; ++i) name += ".a";
  EXPECT_EQ(decode("SendMessage", "&" + name + "=1"), Json::object());
  EXPECT_EQ(code_of([&] { decode("SendMessage", "&" + name + ".a=1"); }), "MalformedQueryString");
}

// Later services have lists with "member" and maps with "entry" in between.
TEST(QueryShapes, ListsAndMapsThatAreNotFlattened) {
  static constexpr Shape text;
  static constexpr Shape list{.kind = ShapeKind::list, .element = &text};
  static constexpr Shape map{.kind = ShapeKind::map, .element = &text};
  static constexpr Member members[] = {{"Names", &list}, {"Limits", &map}};
  static constexpr Shape shape{.kind = ShapeKind::structure, .members = members};
  static constexpr OperationShape operations[] = {{"Do", &shape, &shape}};
  const QueryService service{
      .name = "x", .version = "1", .xml_namespace = "urn:x", .operations = operations};

  const auto form = parse_form(
      "Action=Do&Names.member.1=a&Names.member.2=b&Limits.entry.1.key=k&Limits.entry.1.value=v");
  const Json expected{{"Names", {"a", "b"}}, {"Limits", {{"k", "v"}}}};
  const auto& operation = query_operation(service, form);
  EXPECT_EQ(query_request(operation, form), expected);
  EXPECT_EQ(query_response(service, operation, expected, "r"),
            "<?xml version=\"1.0\"?><DoResponse xmlns=\"urn:x\"><DoResult>"
            "<Names><member>a</member><member>b</member></Names>"
            "<Limits><entry><key>k</key><value>v</value></entry></Limits></DoResult>"
            "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DoResponse>");
}

TEST(QueryResponse, WithAndWithoutAResult) {
  EXPECT_EQ(encode("CreateQueue", {{"QueueUrl", "http://h/1/q"}}),
            body_of("CreateQueue",
                    "<CreateQueueResult><QueueUrl>http://h/1/q</QueueUrl></CreateQueueResult>"));
  EXPECT_EQ(encode("DeleteQueue", Json::object()), body_of("DeleteQueue", ""));
  EXPECT_EQ(encode("ReceiveMessage", Json::object()),
            body_of("ReceiveMessage", "<ReceiveMessageResult></ReceiveMessageResult>"));
}

TEST(QueryResponse, ReceivedMessages) {
  const Json message{
      {"MessageId", "m"},
      {"ReceiptHandle", "h"},
      {"MD5OfBody", "5"},
      {"Body", "{\"a\": \"<&>\"}\r\n"},
      {"Attributes", {{"SenderId", "1"}}},
      {"MessageAttributes", {{"A", {{"DataType", "String"}, {"StringValue", "v"}}}}}};
  EXPECT_EQ(encode("ReceiveMessage", {{"Messages", Json::array({message})}}),
            body_of("ReceiveMessage",
                    "<ReceiveMessageResult><Message><MessageId>m</MessageId>"
                    "<ReceiptHandle>h</ReceiptHandle><MD5OfBody>5</MD5OfBody>"
                    "<Body>{&quot;a&quot;: &quot;&lt;&amp;&gt;&quot;}&#xD;\n</Body>"
                    "<Attribute><Name>SenderId</Name><Value>1</Value></Attribute>"
                    "<MessageAttribute><Name>A</Name><Value><StringValue>v</StringValue>"
                    "<DataType>String</DataType></Value></MessageAttribute></Message>"
                    "</ReceiveMessageResult>"));
}

TEST(QueryResponse, BatchResults) {
  const Json response{
      {"Successful", Json::array({{{"Id", "a"}}})},
      {"Failed",
       Json::array({{{"Id", "b"}, {"SenderFault", true}, {"Code", "C"}, {"Message", "M"}}})}};
  EXPECT_EQ(encode("DeleteMessageBatch", response),
            body_of("DeleteMessageBatch",
                    "<DeleteMessageBatchResult><DeleteMessageBatchResultEntry><Id>a</Id>"
                    "</DeleteMessageBatchResultEntry><BatchResultErrorEntry><Id>b</Id>"
                    "<SenderFault>true</SenderFault><Code>C</Code><Message>M</Message>"
                    "</BatchResultErrorEntry></DeleteMessageBatchResult>"));
}

TEST(QueryError, HasTheProtocolsOwnCodesAndTexts) {
  const AwsError error("QueueDoesNotExist", "The specified queue does not exist.");
  EXPECT_EQ(query_error(sqs_query_service(), error, "request-1"),
            "<?xml version=\"1.0\"?><ErrorResponse "
            "xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><Error><Type>Sender</Type>"
            "<Code>AWS.SimpleQueueService.NonExistentQueue</Code>"
            "<Message>The specified queue does not exist for this wsdl version.</Message>"
            "<Detail/></Error><RequestId>request-1</RequestId></ErrorResponse>");
}

TEST(QueryError, TheServicesOwnFaultIsTheReceivers) {
  const auto xml = query_error(sqs_query_service(), AwsError("InternalError", "x", 500), "r");
  EXPECT_NE(xml.find("<Type>Receiver</Type><Code>InternalError</Code>"), std::string::npos);
}

TEST(QueryError, SqsCodes) {
  EXPECT_EQ(sqs_query_error_code("QueueNameExists"), "QueueAlreadyExists");
  EXPECT_EQ(sqs_query_error_code("PurgeQueueInProgress"),
            "AWS.SimpleQueueService.PurgeQueueInProgress");
  EXPECT_EQ(sqs_query_error_code("InvalidParameterValueException"), "InvalidParameterValue");
  EXPECT_EQ(sqs_query_error_code("MissingRequiredParameterException"), "MissingParameter");
  EXPECT_EQ(sqs_query_error_code("ReceiptHandleIsInvalid"), "ReceiptHandleIsInvalid");
  EXPECT_EQ(sqs_query_error_code("OverLimit"), "OverLimit");
}

TEST(XmlText, EscapesMarkupAndReplacesWhatXmlCannotCarry) {
  EXPECT_EQ(escape_xml("<a href=\"x\">&\r\n\t"), "&lt;a href=&quot;x&quot;&gt;&amp;&#xD;\n\t");
  EXPECT_EQ(escape_xml(std::string_view("a\0b\x1f", 4)), "a\uFFFDb\uFFFD");
  EXPECT_EQ(escape_xml("\xff\xc3\xa9\xf0\x9f\x97\xb3"), "\uFFFD\u00e9\U0001F5F3");
  EXPECT_EQ(escape_xml("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(escape_xml("\xe2\x82"), "\uFFFD\uFFFD");
}

}  // namespace
}  // namespace votemu::wire
