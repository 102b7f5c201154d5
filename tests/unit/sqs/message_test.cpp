// Sending messages: what is taken, what is refused, and the digests.
#include <array>
#include <utility>

#include "services/sqs/limits.h"
#include "services/sqs/md5.h"
#include "services/sqs/message.h"
#include "services/sqs/message_attributes.h"
#include "services/sqs/receipt_handle.h"
#include "tests/unit/sqs/sqs_fixture.h"

namespace votemu::sqs {
namespace {

constexpr auto invalid_value = "InvalidParameterValueException";

class MessageTest : public SqsTest {
 protected:
  MessageTest() { create("votes"); }

  static Json with_attribute(const std::string& name, const Json& attribute) {
    return {
        {"QueueUrl", "votes"}, {"MessageBody", "b"}, {"MessageAttributes", {{name, attribute}}}};
  }
  void refuse_attribute(const std::string& name, const Json& attribute, const std::string& text) {
    expect_error("SendMessage", with_attribute(name, attribute), invalid_value, text);
  }
};

Json text_attribute(const std::string& value) {
  return {{"DataType", "String"}, {"StringValue", value}};
}

TEST_F(MessageTest, SendAnswersWithIdAndDigest) {
  const Json sent = send("votes", "message");
  EXPECT_EQ(sent.size(), 2U);
  EXPECT_EQ(sent["MD5OfMessageBody"], "78e731027d8fd50ed642340b7c9a63b3");
  EXPECT_EQ(sent["MessageId"].get<std::string>().size(), 36U);
}

TEST_F(MessageTest, DigestsOfAttributesAreAwss) {
  const auto digest = [this](const Json& attributes) {
    return send("votes", "m", {{"MessageAttributes", attributes}})["MD5OfMessageAttributes"];
  };
  EXPECT_EQ(digest({{"Foo", text_attribute("Bar")}}), "ae7155c6026991b6d54b11589678bf9c");
  EXPECT_EQ(digest({{"General", text_attribute("Kenobi")},
                    {"Hello", text_attribute("There")},
                    {"Help.Me", text_attribute("Me")}}),
            "4c360f3fdafd970e05fae2f149d997f5");
  EXPECT_EQ(digest({{"attr1",
                     {{"DataType", "Binary"},
                      {"BinaryValue",
                       "dHJhY2VwYXJlbnQeMDAtNzc0MDYyZDZjMzcwODFhNWEwYjliNWI4OGUzMDYyN2MtMm"
                       "QyNDgyMjExZjY0ODlkYS0wMQ=="}}}}),
            "8cbe4db156db8a94db8b801b7addb984");
  EXPECT_EQ(digest({{"UserId",
                     {{"DataType", "Number.bigint"}, {"StringValue", "1234567890123456789012"}}}}),
            "797ab158d73dcb5242dedc4412c8e855");
}

TEST_F(MessageTest, TheTraceHeaderHasItsOwnDigest) {
  const Json sent =
      send("votes", "m",
           {{"MessageSystemAttributes", {{"AWSTraceHeader", text_attribute("some-trace-id")}}}});
  EXPECT_EQ(sent["MD5OfMessageSystemAttributes"], "fdce4f2818803f2f73becc09a54792c0");
  EXPECT_EQ(receive_all("votes")[0]["Attributes"]["AWSTraceHeader"], "some-trace-id");
  expect_error("SendMessage",
               {{"QueueUrl", "votes"},
                {"MessageBody", "m"},
                {"MessageSystemAttributes", {{"Hello", text_attribute("World")}}}},
               invalid_value, "Message system attribute name 'Hello' is invalid.");
}

TEST_F(MessageTest, ABodyIsRequired) {
  for (const Json& request :
       {Json{{"QueueUrl", "votes"}}, Json{{"QueueUrl", "votes"}, {"MessageBody", ""}},
        Json{{"QueueUrl", "votes"}, {"MessageBody", nullptr}}}) {
    expect_error("SendMessage", request, "MissingRequiredParameterException",
                 "The request must contain the parameter MessageBody.");
  }
}

TEST_F(MessageTest, ABodyOnlyHasXmlsCharacters) {
  for (const std::string good :
       {"\t\n\r !", "\u00e9\ud7ff", "\ue000\ufffd", "\U00010000\U0010FFFF"}) {
    EXPECT_EQ(bodies((send("votes", good), receive("votes"))), std::vector<std::string>{good});
  }
  for (const std::string& bad :
       {std::string("\x08"), std::string("a\0b", 3), std::string("\x1f"), std::string("\uffff"),
        std::string("\xff"), std::string("\xed\xa0\x80"), std::string("\xc3")}) {
    expect_error("SendMessage", {{"QueueUrl", "votes"}, {"MessageBody", bad}},
                 "InvalidMessageContents",
                 "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to "
                 "#xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
  }
}

TEST_F(MessageTest, DelayIsBetweenZeroAndFifteenMinutes) {
  for (const int seconds : {-234, -1, 901, 1000}) {
    expect_error(
        "SendMessage", {{"QueueUrl", "votes"}, {"MessageBody", "m"}, {"DelaySeconds", seconds}},
        invalid_value,
        "Value " + std::to_string(seconds) +
            " for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and "
            "<= 900.");
  }
  EXPECT_NO_THROW(send("votes", "m", {{"DelaySeconds", 900}}));
  expect_error("SendMessage",
               {{"QueueUrl", "votes"}, {"MessageBody", "m"}, {"DelaySeconds", "soon"}},
               "SerializationException", "STRING_VALUE can not be converted to an Integer");
}

TEST_F(MessageTest, BodyAndAttributesTogetherAreBounded) {
  create("small", {{"MaximumMessageSize", "1024"}});
  const auto text =
      "One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.";
  EXPECT_NO_THROW(send("small", std::string(1024, 'a')));
  expect_error("SendMessage", {{"QueueUrl", "small"}, {"MessageBody", std::string(1025, 'a')}},
               invalid_value, text);
  // Name, type and value count: k, String, x.
  const Json attributes{{"k", text_attribute("x")}};
  EXPECT_NO_THROW(send("small", std::string(1016, 'a'), {{"MessageAttributes", attributes}}));
  expect_error("SendMessage",
               {{"QueueUrl", "small"},
                {"MessageBody", std::string(1017, 'a')},
                {"MessageAttributes", attributes}},
               invalid_value, text);
  EXPECT_NO_THROW(send("votes", std::string(1'048'576, 'a')));
  expect_error("SendMessage", {{"QueueUrl", "votes"}, {"MessageBody", std::string(1'048'577, 'a')}},
               invalid_value,
               "One or more parameters are invalid. Reason: Message must be shorter than 1048576 "
               "bytes.");
}

TEST_F(MessageTest, BinaryAttributesCountDecoded) {
  const Json attributes{{"k", {{"DataType", "Binary"}, {"BinaryValue", "AP8="}}}};
  EXPECT_EQ(attribute_bytes(&attributes), 1U + 6U + 2U);
}

TEST_F(MessageTest, AttributeNames) {
  const Json value = text_attribute("v");
  refuse_attribute("", value, "The request must contain non-empty message (user) attribute names.");
  refuse_attribute(std::string(257, 'a'), value,
                   "Message (user) attribute name must be shorter than 256 bytes.");
  for (const std::string name : {"AWS.Hello", "amazon.Hello"}) {
    refuse_attribute(name, value,
                     "You can't use message attribute names beginning with 'AWS.' or 'Amazon'. "
                     "These strings are reserved for internal use.");
  }
  refuse_attribute(".a", value, "Message (user) attribute name must not begin with character '.'.");
  refuse_attribute("a.", value, "Message (user) attribute name must not end with character '.'.");
  refuse_attribute("a..b", value,
                   "Message (user) attribute name must not have successive '.' characters.");
  EXPECT_NO_THROW(call("SendMessage", with_attribute(std::string(256, 'a'), value)));
}

TEST_F(MessageTest, AttributeTypes) {
  refuse_attribute(
      "a", Json::object(),
      "The message (user) attribute 'a' must contain a non-empty message attribute value.");
  refuse_attribute(
      "a", {{"StringValue", "v"}},
      "The message (user) attribute 'a' must contain a non-empty message attribute type.");
  refuse_attribute("a", {{"DataType", "Text"}, {"StringValue", "v"}},
                   "The type of message (user) attribute 'a' is invalid. You must use only the "
                   "following supported type prefixes: Binary, Number, String.");
  refuse_attribute("a", {{"DataType", "String." + std::string(250, 'a')}, {"StringValue", "v"}},
                   "Message (user) attribute type must be shorter than 256 bytes.");
  EXPECT_NO_THROW(call("SendMessage",
                       with_attribute("a", {{"DataType", "String.json"}, {"StringValue", "{}"}})));
}

TEST_F(MessageTest, AttributeValues) {
  refuse_attribute("ErrorDetails", text_attribute(""),
                   "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type "
                   "'String'.");
  refuse_attribute("a", {{"DataType", "Binary"}},
                   "Message (user) attribute 'a' must contain a non-empty value of type 'Binary'.");
  refuse_attribute("a", {{"DataType", "Binary"}, {"StringValue", "v"}},
                   "Message (user) attribute 'a' with type 'Binary' must use field 'Binary'.");
  refuse_attribute("a", {{"DataType", "String"}, {"BinaryValue", "AP8="}},
                   "Message (user) attribute 'a' with type 'String' must use field 'String'.");
  refuse_attribute("a", {{"DataType", "String"}, {"StringValue", "v"}, {"BinaryValue", "AP8="}},
                   "Message (user) attribute 'a' must have a single value.");
  for (const std::string number : {"world", "1e", ".", "", "1 ", "0x1"}) {
    if (number.empty()) continue;
    refuse_attribute("Hello", {{"DataType", "Number"}, {"StringValue", number}},
                     "Can't cast the value of message (user) attribute 'Hello' to a number.");
  }
  for (const std::string number : {"1", "-1.5", "+3", "1e10", "0.1E-3", ".5"}) {
    EXPECT_NO_THROW(call("SendMessage",
                         with_attribute("n", {{"DataType", "Number"}, {"StringValue", number}})));
  }
  refuse_attribute("a", {{"DataType", "StringList"}, {"StringListValues", {"World"}}},
                   "Message attribute list values in SendMessage operation are not supported.");
  EXPECT_NO_THROW(call("SendMessage", with_attribute("a", {{"DataType", "String"},
                                                           {"StringValue", "v"},
                                                           {"StringListValues", Json::array()}})));
}

TEST_F(MessageTest, AtMostTenAttributes) {
  Json attributes;
  for (int i = 0; i < 11; ++i) attributes["attrib" + std::to_string(i)] = text_attribute("World");
  Json request{{"QueueUrl", "votes"}, {"MessageBody", "m"}, {"MessageAttributes", attributes}};
  expect_error("SendMessage", request, invalid_value,
               "Number of message attributes [11] exceeds the allowed maximum [10].");
  request["MessageAttributes"].erase("attrib0");
  EXPECT_NO_THROW(call("SendMessage", request));
}

TEST_F(MessageTest, GroupsAreKeptAndDeduplicationIsForFifoQueues) {
  send("votes", "m", {{"MessageGroupId", "test"}});
  EXPECT_EQ(receive_all("votes")[0]["Attributes"]["MessageGroupId"], "test");
  for (const std::string& group :
       {std::string(), std::string("group 123"), std::string(129, 'a')}) {
    expect_error("SendMessage",
                 {{"QueueUrl", "votes"}, {"MessageBody", "m"}, {"MessageGroupId", group}},
                 invalid_value,
                 "Value " + group +
                     " for parameter MessageGroupId is invalid. Reason: MessageGroupId can only "
                     "include alphanumeric and punctuation characters. 1 to 128 in length.");
  }
  expect_error("SendMessage",
               {{"QueueUrl", "votes"}, {"MessageBody", "m"}, {"MessageDeduplicationId", "1"}},
               invalid_value,
               "The request include parameter MessageDeduplicationId which is not valid for this "
               "queue type");
}

TEST_F(MessageTest, ARefusedMessageLeavesNothing) {
  EXPECT_THROW(send("votes", "m", {{"DelaySeconds", 901}}), core::AwsError);
  EXPECT_EQ(counts("votes"), MessageCounts{});
  EXPECT_EQ(stored_messages(), 0U);
}

TEST_F(MessageTest, WrongShapesAreSerializationErrors) {
  for (const Json& wrong : {Json{{"MessageBody", Json::object()}}, Json{{"MessageBody", 0}},
                            Json{{"MessageBody", "m"}, {"MessageAttributes", {1}}},
                            Json{{"MessageBody", "m"}, {"MessageAttributes", {{"a", 1}}}},
                            Json{{"MessageBody", "m"}, {"MessageSystemAttributes", "x"}},
                            Json{{"MessageBody", "m"}, {"DelaySeconds", Json::array()}}}) {
    Json request = wrong;
    request["QueueUrl"] = "votes";
    try {
      call("SendMessage", request);
      ADD_FAILURE() << request;
    } catch (const core::AwsError& error) {
      EXPECT_EQ(error.code(), "SerializationException") << request;
    }
  }
}

TEST_F(MessageTest, TheTypedCallDoesTheSame) {
  const auto sent = send_typed("http://x/000000000000/votes", "message", {}, "AROA:fn");
  EXPECT_EQ(sent.md5_of_message_body, "78e731027d8fd50ed642340b7c9a63b3");
  const Json message = receive_all("votes")[0];
  EXPECT_EQ(message["MessageId"], sent.message_id);
  EXPECT_EQ(message["Attributes"]["SenderId"], "AROA:fn");
  EXPECT_THROW(send_typed("votes", ""), core::AwsError);
  EXPECT_THROW(send_typed("none", "m"), core::AwsError);
  EXPECT_THROW(send_typed("votes", "m", 901), core::AwsError);
}

class SendBatchTest : public MessageTest {
 protected:
  Json batch(const Json& entries) { return {{"QueueUrl", "votes"}, {"Entries", entries}}; }
};

TEST_F(SendBatchTest, EveryEntryHasItsResult) {
  create("small", {{"MaximumMessageSize", "1024"}});
  const Json result =
      call("SendMessageBatch", {{"QueueUrl", "small"},
                                {"Entries",
                                 {{{"Id", "long"}, {"MessageBody", std::string(1025, 'a')}},
                                  {{"Id", "good"}, {"MessageBody", std::string(1024, 'a')}},
                                  {{"Id", "none"}},
                                  {{"Id", "late"}, {"MessageBody", "m"}, {"DelaySeconds", 901}}}}});
  ASSERT_EQ(result["Successful"].size(), 1U);
  EXPECT_EQ(result["Successful"][0]["Id"], "good");
  EXPECT_EQ(result["Successful"][0]["MD5OfMessageBody"], "c9a34cfc85d982698c6ac89f76071abd");
  const auto failed = [](const char* id, const char* code, const std::string& message) {
    return Json{{"Id", id}, {"SenderFault", true}, {"Code", code}, {"Message", message}};
  };
  EXPECT_EQ(
      result["Failed"],
      Json::array(
          {failed(
               "long", "InvalidParameterValue",
               "One or more parameters cannot be validated. Reason: Message must be shorter than "
               "1024 bytes."),
           failed("none", "MissingParameter",
                  "The request must contain the parameter "
                  "SendMessageBatchRequestEntry.3.MessageBody."),
           failed(
               "late", "InvalidParameterValue",
               "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= "
               "0 and <= 900.")}));
  EXPECT_EQ(counts("small").visible, 1U);
}

TEST_F(SendBatchTest, HasOneToTenEntries) {
  const auto none = "There should be at least one SendMessageBatchRequestEntry in the request.";
  expect_error("SendMessageBatch", batch(Json::array()), "EmptyBatchRequest", none);
  expect_error("SendMessageBatch", {{"QueueUrl", "votes"}}, "EmptyBatchRequest", none);
  Json entries;
  for (int i = 0; i < 10; ++i) {
    entries.push_back({{"Id", std::to_string(i)}, {"MessageBody", "m"}});
  }
  EXPECT_EQ(call("SendMessageBatch", batch(entries))["Successful"].size(), 10U);
  entries.push_back({{"Id", "10"}, {"MessageBody", "m"}});
  expect_error("SendMessageBatch", batch(entries), "TooManyEntriesInBatchRequest",
               "Maximum number of entries per request are 10. You have sent 11.");
}

TEST_F(SendBatchTest, EntriesHaveDistinctIds) {
  const auto text =
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can "
      "be "
      "at most 80 letters long.";
  for (const std::string& id : {std::string(), std::string("invalid:id"), std::string(81, 'a')}) {
    expect_error("SendMessageBatch", batch({{{"Id", id}, {"MessageBody", "m"}}}),
                 "InvalidBatchEntryId", text);
  }
  expect_error("SendMessageBatch",
               batch({{{"Id", "a"}, {"MessageBody", "m"}}, {{"Id", "a"}, {"MessageBody", "m"}}}),
               "BatchEntryIdsNotDistinct", "Id a repeated.");
  expect_error("SendMessageBatch",
               batch({{{"Id", "a"}, {"MessageBody", "m"}}, {{"MessageBody", "m"}}}),
               "MissingRequiredParameterException",
               "The request must contain the parameter SendMessageBatchRequestEntry.2.Id.");
  EXPECT_EQ(counts("votes"), MessageCounts{});
}

TEST_F(SendBatchTest, AllEntriesTogetherAreBounded) {
  const Json attributes{{"k", text_attribute("x")}};
  Json entries{{{"Id", "1"},
                {"MessageBody", std::string(1'048'576 - 8, 'a')},
                {"MessageAttributes", attributes}},
               {{"Id", "2"}, {"MessageBody", "a"}}};
  expect_error("SendMessageBatch", batch(entries), "BatchRequestTooLong",
               "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.");
  entries[0]["MessageBody"] = std::string(1'048'576 - 9, 'a');
  EXPECT_EQ(call("SendMessageBatch", batch(entries))["Successful"].size(), 2U);
}

TEST(MessageRow, KeepsEverythingAndItsStateCanBeReplaced) {
  Message message;
  message.state = {
      .visible_at_ms = 1, .received_at_ms = 2, .first_received_at_ms = 3, .receive_count = 4};
  message.sent_ms = 5;
  message.id = "id";
  message.sender_id = "sender";
  message.body = std::string_view("b\0dy", 4);
  message.attributes = "{}";
  message.dead_letter_source_arn = "arn";
  std::string row = encode_message(message);
  EXPECT_EQ(decode_message(row), message);
  EXPECT_EQ(decode_message_id(row), "id");
  EXPECT_EQ(decode_sent_ms(row), 5);
  const std::string state_row = state_row_of(row);
  EXPECT_EQ(decode_state(state_row), message.state);
  EXPECT_EQ(decode_message_id(state_row), "id");
  EXPECT_EQ(decode_sent_ms(state_row), 5);
  message.state = {
      .visible_at_ms = -1, .received_at_ms = 7, .first_received_at_ms = 8, .receive_count = 9};
  replace_state(row, message.state);
  EXPECT_EQ(decode_message(row), message);
  for (std::size_t size = 0; size < row.size(); ++size) {
    EXPECT_THROW(decode_message(std::string_view(row).substr(0, size)), std::runtime_error);
  }
}

TEST(Text, IsUtf8OfCharactersThatXmlHas) {
  const std::string plain = "0123456789 plain text of some length";
  for (std::size_t at = 0; at < plain.size(); ++at) {
    for (const std::string good : {"\t", "\r\n", "\x7f", "\xc3\xa9", "\xf0\x9f\x98\x80"}) {
      EXPECT_TRUE(is_valid_text(std::string(plain).insert(at, good)));
    }
    for (const std::string bad : {"\x1f", "\x80", "\xc3", "\xff", "\xed\xa0\x80", "\xef\xbf\xbf"}) {
      EXPECT_FALSE(is_valid_text(std::string(plain).insert(at, bad)));
    }
    EXPECT_FALSE(is_valid_text(std::string(plain).insert(at, 1, '\0')));
  }
}

TEST(ReceiptHandles, ReadBackAndLookLikeAwss) {
  const ReceiptHandle handle{7, 1ULL << 40, 3, "01234567-0123-4123-8123-0123456789ab"};
  EXPECT_TRUE(handle.text().starts_with("AQEB"));
  EXPECT_EQ(ReceiptHandle::parse(handle.text()), handle);
  EXPECT_EQ(ReceiptHandle::parse(""), std::nullopt);
  EXPECT_EQ(ReceiptHandle::parse("fake"), std::nullopt);
  std::string broken = handle.text();
  broken[5] = '!';
  EXPECT_EQ(ReceiptHandle::parse(broken), std::nullopt);
}

}  // namespace
}  // namespace votemu::sqs
