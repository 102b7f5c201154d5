// Making, finding, configuring, tagging and deleting queues.
#include "tests/unit/sqs/sqs_fixture.h"

namespace votemu::sqs {
namespace {

using QueueTest = SqsTest;

constexpr auto invalid_value = "InvalidParameterValueException";

TEST_F(QueueTest, CreateAnswersWithAUrlOfTheRequestsHost) {
  EXPECT_EQ(create("votes"), "http://localhost:4566/000000000000/votes");
  context.host = "127.0.0.1:9999";
  EXPECT_EQ(create("votes"), "http://127.0.0.1:9999/000000000000/votes");
}

TEST_F(QueueTest, NamesAreOfTheAllowedCharactersAndLength) {
  const auto text =
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
  expect_error("CreateQueue", {{"QueueName", "a b"}}, invalid_value, text);
  expect_error("CreateQueue", {{"QueueName", std::string(81, 'a')}}, invalid_value, text);
  expect_error("CreateQueue", Json::object(), "MissingRequiredParameterException",
               "The request must contain the parameter QueueName.");
  EXPECT_NO_THROW(create(std::string(80, 'a')));
}

TEST_F(QueueTest, FifoQueuesAreRefused) {
  const auto text = "FIFO queues are not supported yet.";
  expect_error("CreateQueue",
               {{"QueueName", "votes.fifo"}, {"Attributes", {{"FifoQueue", "true"}}}},
               invalid_value, text);
  expect_error("CreateQueue", {{"QueueName", "votes"}, {"Attributes", {{"FifoQueue", "true"}}}},
               invalid_value, text);
}

TEST_F(QueueTest, FifoAttributesAreUnknownToAStandardQueue) {
  const auto expect = [this](const std::string& name, const std::string& text) {
    expect_error("CreateQueue", {{"QueueName", "votes"}, {"Attributes", {{name, "false"}}}},
                 "InvalidAttributeName", text);
  };
  expect("FifoQueue", "Unknown Attribute FifoQueue.");
  expect("ContentBasedDeduplication", "Unknown Attribute ContentBasedDeduplication.");
  expect("DeduplicationScope",
         "You can specify the DeduplicationScope only when FifoQueue is set to true.");
  expect("FifoThroughputLimit",
         "You can specify the FifoThroughputLimit only when FifoQueue is set to true.");
}

TEST_F(QueueTest, CreatingAgainIsFineUnlessAnAttributeDiffers) {
  create("votes", {{"ReceiveMessageWaitTimeSeconds", "1"}, {"DelaySeconds", "1"}});
  create("votes");
  create("votes", {{"DelaySeconds", "1"}});
  expect_error("CreateQueue", {{"QueueName", "votes"}, {"Attributes", {{"DelaySeconds", "2"}}}},
               "QueueNameExists",
               "A queue already exists with the same name and a different value for attribute "
               "DelaySeconds");
}

TEST_F(QueueTest, DefaultAttributes) {
  create("votes");
  const Json expected{{"ApproximateNumberOfMessages", "0"},
                      {"ApproximateNumberOfMessagesDelayed", "0"},
                      {"ApproximateNumberOfMessagesNotVisible", "0"},
                      {"CreatedTimestamp", "1750000000"},
                      {"DelaySeconds", "0"},
                      {"LastModifiedTimestamp", "1750000000"},
                      {"MaximumMessageSize", "1048576"},
                      {"MessageRetentionPeriod", "345600"},
                      {"QueueArn", "arn:aws:sqs:us-east-1:000000000000:votes"},
                      {"ReceiveMessageWaitTimeSeconds", "0"},
                      {"SqsManagedSseEnabled", "true"},
                      {"VisibilityTimeout", "30"}};
  EXPECT_EQ(attributes("votes"), expected);
}

TEST_F(QueueTest, OnlyAttributesThatWereAskedFor) {
  create("votes");
  EXPECT_EQ(attributes("votes", {"QueueArn", "Policy", "FifoQueue"}),
            (Json{{"QueueArn", arn("votes")}}));
  EXPECT_EQ(call("GetQueueAttributes", {{"QueueUrl", "votes"}}), Json::object());
  expect_error("GetQueueAttributes", {{"QueueUrl", "votes"}, {"AttributeNames", {"Color"}}},
               "InvalidAttributeName", "Unknown Attribute Color.");
}

TEST_F(QueueTest, SettingAttributesChangesThemAndTheTimeOfModification) {
  create("votes");
  core.advance(5'000);
  call("SetQueueAttributes", {{"QueueUrl", "votes"}, {"Attributes", {{"VisibilityTimeout", 69}}}});
  const Json after = attributes("votes");
  EXPECT_EQ(after["VisibilityTimeout"], "69");
  EXPECT_EQ(after["CreatedTimestamp"], "1750000000");
  EXPECT_EQ(after["LastModifiedTimestamp"], "1750000005");
}

TEST_F(QueueTest, NumbersMustBeInTheirRange) {
  create("votes");
  const auto set = [](const std::string& name, const std::string& value) {
    return Json{{"QueueUrl", "votes"}, {"Attributes", {{name, value}}}};
  };
  struct Range {
    std::string name, least, most, below, above;
  };
  for (const auto& [name, least, most, below, above] :
       std::vector<Range>{{"DelaySeconds", "0", "900", "-1", "901"},
                          {"MaximumMessageSize", "1024", "1048576", "1023", "1048577"},
                          {"MessageRetentionPeriod", "60", "1209600", "59", "1209601"},
                          {"ReceiveMessageWaitTimeSeconds", "0", "20", "-1", "21"},
                          {"VisibilityTimeout", "0", "43200", " 1", "43201"},
                          {"KmsDataKeyReusePeriodSeconds", "60", "86400", "59", "86401"}}) {
    const std::string text = "Invalid value for the parameter " + name + ".";
    expect_error("SetQueueAttributes", set(name, below), "InvalidAttributeValue", text);
    expect_error("SetQueueAttributes", set(name, above), "InvalidAttributeValue", text);
    expect_error("SetQueueAttributes", set(name, "1.5"), "InvalidAttributeValue", text);
    EXPECT_NO_THROW(call("SetQueueAttributes", set(name, least)));
    EXPECT_NO_THROW(call("SetQueueAttributes", set(name, most)));
  }
  expect_error("SetQueueAttributes", set("FifoQueue", "false"), "InvalidAttributeName",
               "Unknown Attribute FifoQueue.");
  expect_error("SetQueueAttributes", set("QueueArn", "x"), "InvalidAttributeName",
               "Unknown Attribute QueueArn.");
  expect_error("SetQueueAttributes", set("Policy", "badjson"), "InvalidAttributeValue",
               "Invalid value for the parameter Policy.");
}

TEST_F(QueueTest, ARefusedChangeChangesNothing) {
  create("votes");
  const Json before = attributes("votes");
  EXPECT_THROW(call("SetQueueAttributes",
                    {{"QueueUrl", "votes"},
                     {"Attributes", {{"DelaySeconds", "5"}, {"VisibilityTimeout", "x"}}}}),
               core::AwsError);
  EXPECT_EQ(attributes("votes"), before);
  restart();
  EXPECT_EQ(attributes("votes"), before);
}

TEST_F(QueueTest, OneKindOfEncryptionAtATime) {
  create("votes");
  const auto set = [this](const Json& changes) {
    call("SetQueueAttributes", {{"QueueUrl", "votes"}, {"Attributes", changes}});
    return attributes("votes",
                      {"KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled"});
  };
  EXPECT_EQ(set({{"KmsMasterKeyId", "key"}, {"KmsDataKeyReusePeriodSeconds", "6000"}}),
            (Json{{"KmsMasterKeyId", "key"},
                  {"KmsDataKeyReusePeriodSeconds", "6000"},
                  {"SqsManagedSseEnabled", "false"}}));
  EXPECT_EQ(set({{"SqsManagedSseEnabled", "true"}}), (Json{{"SqsManagedSseEnabled", "true"}}));
  EXPECT_EQ(set({{"KmsMasterKeyId", "key"}})["KmsDataKeyReusePeriodSeconds"], "300");
  EXPECT_EQ(set({{"KmsMasterKeyId", ""}, {"KmsDataKeyReusePeriodSeconds", ""}}),
            (Json{{"SqsManagedSseEnabled", "false"}}));
  expect_error("SetQueueAttributes",
               {{"QueueUrl", "votes"},
                {"Attributes", {{"KmsMasterKeyId", "key"}, {"SqsManagedSseEnabled", "true"}}}},
               "InvalidAttributeName",
               "You can use one type of server-side encryption (SSE) at one time. You can either "
               "enable KMS SSE or SQS SSE.");
}

TEST_F(QueueTest, RedrivePolicies) {
  create("dlq");
  const auto refuse = [this](const std::string& policy, const std::string& reason) {
    expect_error("CreateQueue",
                 {{"QueueName", "votes"}, {"Attributes", {{"RedrivePolicy", policy}}}},
                 invalid_value,
                 "Value " + policy + " for parameter RedrivePolicy is invalid. Reason: " + reason);
  };
  refuse("{}", "Redrive policy does not contain mandatory attribute: maxReceiveCount.");
  refuse(R"({"maxReceiveCount":5})",
         "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
  const std::string target = R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:)";
  for (const std::string count : {"0", "1001", "-36"}) {
    refuse(target + "dlq\",\"maxReceiveCount\":" + count + "}",
           "Invalid value for maxReceiveCount: " + count +
               ", valid values are from 1 to 1000 both inclusive.");
  }
  refuse(target + R"(nothing","maxReceiveCount":1})", "Dead letter target does not exist.");
  refuse(target + R"(dlq.fifo","maxReceiveCount":1})",
         "Dead-letter queue must be same type of queue as the source..");
  refuse(target + R"(dlq","maxReceiveCount":1,"x":1})",
         "Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].");
  refuse(R"({"deadLetterTargetArn":"arn:aws:sns:us-east-1:000000000000:t","maxReceiveCount":5})",
         "Only SQS queues are valid resources for deadLetterTargetArn.");
  for (const std::string policy : {" ", "4", "[]"}) {
    expect_error("CreateQueue",
                 {{"QueueName", "votes"}, {"Attributes", {{"RedrivePolicy", policy}}}},
                 "InvalidAttributeValue",
                 "Invalid value for the parameter RedrivePolicy. Reason: Redrive policy is not a "
                 "valid JSON map.");
  }
  EXPECT_EQ(call("ListQueues", Json::object())["QueueUrls"].size(), 1U);

  const std::string good = target + R"(dlq","maxReceiveCount":"1000"})";
  create("votes", {{"RedrivePolicy", good}});
  EXPECT_EQ(attributes("votes")["RedrivePolicy"], good);
  call("SetQueueAttributes", {{"QueueUrl", "votes"}, {"Attributes", {{"RedrivePolicy", ""}}}});
  EXPECT_FALSE(attributes("votes").contains("RedrivePolicy"));
}

TEST_F(QueueTest, AQueueIsNotItsOwnDeadLetterQueue) {
  create("votes");
  EXPECT_THROW(
      call("SetQueueAttributes", {{"QueueUrl", "votes"},
                                  {"Attributes",
                                   {{"RedrivePolicy", R"({"deadLetterTargetArn":")" + arn("votes") +
                                                          R"(","maxReceiveCount":1})"}}}}),
      core::AwsError);
}

TEST_F(QueueTest, RedriveAllowPolicies) {
  const std::string cannot = "Amazon SQS can't create the redrive allow policy";
  const auto refuse = [this](const std::string& policy, const std::string& code,
                             const std::string& text) {
    expect_error("CreateQueue",
                 {{"QueueName", "dlq"}, {"Attributes", {{"RedriveAllowPolicy", policy}}}}, code,
                 text);
  };
  for (const std::string policy :
       {"badjson", "[]", "{}", R"({"redrivePermission":"dummy"})", R"({"redrivePermission":1})",
        R"({"redrivePermission":"allowAll","x":1})",
        R"({"redrivePermission":"byQueue","sourceQueueArns":"arn"})"}) {
    refuse(policy, "InvalidAttributeValue",
           "Invalid value for the parameter RedriveAllowPolicy. Reason: " + cannot +
               ", as it\u2019s in an unsupported format.");
  }
  const auto value_of = [](const std::string& policy) {
    return "Value " + policy + " for parameter RedriveAllowPolicy is invalid. Reason: ";
  };
  const std::string none = R"({"redrivePermission":"byQueue","sourceQueueArns":[]})";
  refuse(none, invalid_value,
         value_of(none) + cannot +
             ". When you specify the byQueue permission type, you must also specify one or more "
             "sourceQueueArns values.");
  const std::string both = R"({"redrivePermission":"denyAll","sourceQueueArns":["a"]})";
  refuse(both, invalid_value,
         value_of(both) + cannot +
             ". To specify one or more source queue ARNs, you must set redrivePermission to "
             "byQueue.");
  const std::string many =
      R"({"redrivePermission":"byQueue","sourceQueueArns":["a","b","c","d","e","f","g","h","i","j","k"]})";
  refuse(
      many, invalid_value,
      value_of(many) + cannot + ". The maximum number of source queue ARNs you can specify is 10.");
}

TEST_F(QueueTest, ADeadLetterQueueChoosesItsSources) {
  create("closed", {{"RedriveAllowPolicy", R"({"redrivePermission":"denyAll"})"}});
  create("picky", {{"RedriveAllowPolicy", R"({"redrivePermission":"byQueue","sourceQueueArns":[")" +
                                              arn("votes") + R"("]})"}});
  const auto policy = [](const std::string& name) {
    return Json{
        {"RedrivePolicy", R"({"deadLetterTargetArn":")" + arn(name) + R"(","maxReceiveCount":1})"}};
  };
  EXPECT_THROW(create("votes", policy("closed")), core::AwsError);
  EXPECT_THROW(create("other", policy("picky")), core::AwsError);
  EXPECT_NO_THROW(create("votes", policy("picky")));
}

TEST_F(QueueTest, SourcesOfADeadLetterQueue) {
  create("dlq");
  const Json redrive{
      {"RedrivePolicy", R"({"deadLetterTargetArn":")" + arn("dlq") + R"(","maxReceiveCount":1})"}};
  EXPECT_EQ(call("ListDeadLetterSourceQueues", {{"QueueUrl", "dlq"}}),
            (Json{{"queueUrls", Json::array()}}));
  const auto a = create("a", redrive);
  const auto b = create("b", redrive);
  create("c");
  EXPECT_EQ(call("ListDeadLetterSourceQueues", {{"QueueUrl", "dlq"}})["queueUrls"],
            Json::array({a, b}));
  const Json page = call("ListDeadLetterSourceQueues", {{"QueueUrl", "dlq"}, {"MaxResults", 1}});
  EXPECT_EQ(page["queueUrls"], Json::array({a}));
  EXPECT_EQ(call("ListDeadLetterSourceQueues",
                 {{"QueueUrl", "dlq"}, {"MaxResults", 1}, {"NextToken", page["NextToken"]}}),
            (Json{{"queueUrls", Json::array({b})}}));
}

TEST_F(QueueTest, TheQueueIsNamedByUrlOfAnyHostByArnOrByName) {
  create("votes");
  for (const std::string reference :
       {"http://localhost:4566/000000000000/votes", "https://sqs.example.com/000000000000/votes/",
        "http://h/queue/us-east-1/000000000000/votes", "/000000000000/votes", "votes",
        "arn:aws:sqs:us-east-1:000000000000:votes"}) {
    EXPECT_EQ(attributes(reference, {"QueueArn"})["QueueArn"], arn("votes")) << reference;
  }
}

TEST_F(QueueTest, AccountsAndRegionsAreApartAndTheUrlsAccountWins) {
  context.scope.account = "111111111111";
  create("votes");
  context.scope.account = "222222222222";
  EXPECT_EQ(call("ListQueues", Json::object()), Json::object());
  const std::string theirs = "http://localhost:4566/111111111111/votes";
  EXPECT_EQ(attributes(theirs, {"QueueArn"})["QueueArn"],
            "arn:aws:sqs:us-east-1:111111111111:votes");
  EXPECT_EQ(call("GetQueueUrl",
                 {{"QueueName", "votes"}, {"QueueOwnerAWSAccountId", "111111111111"}})["QueueUrl"],
            theirs);
  context.scope.region = "eu-west-1";
  expect_error("GetQueueAttributes", {{"QueueUrl", theirs}}, "QueueDoesNotExist",
               "The specified queue does not exist.");
}

TEST_F(QueueTest, GetQueueUrl) {
  const auto url = create("votes");
  EXPECT_EQ(call("GetQueueUrl", {{"QueueName", "votes"}}), (Json{{"QueueUrl", url}}));
  expect_error("GetQueueUrl", {{"QueueName", "none"}}, "QueueDoesNotExist",
               "The specified queue does not exist.");
  expect_error("GetQueueUrl", {{"QueueName", ""}}, invalid_value,
               "Value for parameter QueueName is invalid. Reason: Must specify a queue name.");
}

TEST_F(QueueTest, EveryOperationOnAMissingQueueSaysSo) {
  for (const std::string operation :
       {"DeleteQueue", "GetQueueAttributes", "SetQueueAttributes", "PurgeQueue", "SendMessage",
        "SendMessageBatch", "ReceiveMessage", "DeleteMessage", "DeleteMessageBatch",
        "ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "ListDeadLetterSourceQueues",
        "TagQueue", "UntagQueue", "ListQueueTags", "AddPermission", "RemovePermission"}) {
    expect_error(operation, {{"QueueUrl", "http://h/000000000000/none"}}, "QueueDoesNotExist",
                 "The specified queue does not exist.");
    expect_error(operation, Json::object(), "MissingRequiredParameterException",
                 "The request must contain the parameter QueueUrl.");
    expect_error(operation, {{"QueueUrl", 7}}, "SerializationException",
                 "NUMBER_VALUE can not be converted to a String");
  }
}

TEST_F(QueueTest, ListsByPrefixAndByPage) {
  std::vector<std::string> urls;
  for (const char* name : {"a-1", "a-2", "a-3", "b-1"}) urls.push_back(create(name));
  EXPECT_EQ(call("ListQueues", Json::object())["QueueUrls"], Json(urls));
  EXPECT_EQ(call("ListQueues", {{"QueueNamePrefix", "b"}}), (Json{{"QueueUrls", {urls[3]}}}));
  EXPECT_EQ(call("ListQueues", {{"QueueNamePrefix", "c"}}), Json::object());

  const Json first = call("ListQueues", {{"QueueNamePrefix", "a"}, {"MaxResults", 2}});
  EXPECT_EQ(first["QueueUrls"], (Json{urls[0], urls[1]}));
  const Json second =
      call("ListQueues",
           {{"QueueNamePrefix", "a"}, {"MaxResults", 2}, {"NextToken", first["NextToken"]}});
  EXPECT_EQ(second, (Json{{"QueueUrls", {urls[2]}}}));
  EXPECT_THROW(call("ListQueues", {{"MaxResults", 0}}), core::AwsError);
  EXPECT_THROW(call("ListQueues", {{"MaxResults", 1001}}), core::AwsError);
  EXPECT_THROW(call("ListQueues", {{"NextToken", "?"}}), core::AwsError);
}

TEST_F(QueueTest, Tags) {
  call("CreateQueue", {{"QueueName", "votes"}, {"tags", {{"tag1", "value1"}}}});
  call("TagQueue", {{"QueueUrl", "votes"}, {"Tags", {{"tag2", "value2"}, {"tag3", ""}}}});
  EXPECT_EQ(call("ListQueueTags", {{"QueueUrl", "votes"}})["Tags"],
            (Json{{"tag1", "value1"}, {"tag2", "value2"}, {"tag3", ""}}));
  call("UntagQueue", {{"QueueUrl", "votes"}, {"TagKeys", {"tag1", "tag3", "none"}}});
  restart();
  EXPECT_EQ(call("ListQueueTags", {{"QueueUrl", "votes"}})["Tags"], (Json{{"tag2", "value2"}}));
  call("UntagQueue", {{"QueueUrl", "votes"}, {"TagKeys", {"tag2"}}});
  EXPECT_EQ(call("ListQueueTags", {{"QueueUrl", "votes"}}), Json::object());

  Json tags;
  for (int i = 0; i < 51; ++i) tags["tag" + std::to_string(i)] = "x";
  expect_error("TagQueue", {{"QueueUrl", "votes"}, {"Tags", tags}}, invalid_value,
               "Too many tags added for queue votes.");
  tags.erase("tag50");
  EXPECT_NO_THROW(call("TagQueue", {{"QueueUrl", "votes"}, {"Tags", tags}}));
}

TEST_F(QueueTest, Permissions) {
  create("votes");
  const auto add = [](const std::string& label, const Json& accounts) {
    return Json{{"QueueUrl", "votes"},
                {"Label", label},
                {"AWSAccountIds", accounts},
                {"Actions", {"ReceiveMessage"}}};
  };
  call("AddPermission", add("one", {"668614515564", "111111111111"}));
  const Json expected{
      {"Version", "2008-10-17"},
      {"Id", arn("votes") + "/SQSDefaultPolicy"},
      {"Statement",
       Json::array(
           {{{"Sid", "one"},
             {"Effect", "Allow"},
             {"Principal",
              {{"AWS", {"arn:aws:iam::668614515564:root", "arn:aws:iam::111111111111:root"}}}},
             {"Action", "SQS:ReceiveMessage"},
             {"Resource", arn("votes")}}})}};
  const auto policy = [this] {
    return core::parse_json(attributes("votes")["Policy"].get<std::string>());
  };
  EXPECT_EQ(policy(), expected);
  expect_error("AddPermission", add("one", {"111111111111"}), invalid_value,
               "Value one for parameter Label is invalid. Reason: Already exists.");
  call("AddPermission", add("two", {"111111111111"}));
  EXPECT_EQ(policy()["Statement"][1]["Principal"]["AWS"], "arn:aws:iam::111111111111:root");
  call("RemovePermission", {{"QueueUrl", "votes"}, {"Label", "one"}});
  EXPECT_EQ(policy()["Statement"].size(), 1U);
  call("RemovePermission", {{"QueueUrl", "votes"}, {"Label", "two"}});
  EXPECT_FALSE(attributes("votes").contains("Policy"));
  expect_error("RemovePermission", {{"QueueUrl", "votes"}, {"Label", "two"}}, invalid_value,
               "Value two for parameter Label is invalid. Reason: can't find label.");
  Json eight = add("many", {"111111111111"});
  eight["Actions"] = Json::array();
  for (int i = 0; i < 8; ++i) eight["Actions"].push_back("SendMessage");
  expect_error("AddPermission", eight, "OverLimit", "8 Actions were found, maximum allowed is 7.",
               403);
}

TEST_F(QueueTest, DeletingTakesTheMessagesToo) {
  create("votes");
  send("votes", "a");
  call("DeleteQueue", {{"QueueUrl", "votes"}});
  EXPECT_FALSE(service->queue_exists(arn("votes")));
  create("votes");
  EXPECT_TRUE(receive("votes").empty());
  send("votes", "b");
  core.advance(1);
  EXPECT_EQ(stored_messages(), 1U);
  EXPECT_EQ(bodies(receive("votes")), std::vector<std::string>{"b"});
}

TEST_F(QueueTest, QueuesSurviveARestart) {
  create("votes", {{"DelaySeconds", "7"}});
  const Json before = attributes("votes");
  restart();
  EXPECT_EQ(attributes("votes"), before);
}

}  // namespace
}  // namespace votemu::sqs
