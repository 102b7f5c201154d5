// What functions may do when somebody asks.
#include <set>

#include "core/aws_error.h"
#include "tests/unit/pipeline/pipeline_fixture.h"

namespace votemu::pipeline {
namespace {

// Allows what the test lists, as "ACTION RESOURCE".
struct Listed final : core::Authorizer {
  std::set<std::string> allowed;

  std::optional<std::string> denial(const core::Access& access) const override {
    const std::string asked = access.action + " " + access.resource;
    if (allowed.contains(asked)) return std::nullopt;
    return "no " + asked;
  }
};

const std::string queue = "arn:aws:sqs:us-east-1:000000000000:votes";
const std::string table = "arn:aws:dynamodb:us-east-1:000000000000:table/votes";
const std::string topic = "arn:aws:iot:us-east-1:000000000000:topic/votes";

class RightsTest : public PipelineTest {
 protected:
  RightsTest() { rights = listed; }

  // "CODE STATUS: message", "" when it succeeds.
  static std::string refusal(const std::function<void()>& act) {
    try {
      act();
    } catch (const core::AwsError& error) {
      return error.code() + " " + std::to_string(error.http_status()) + ": " + error.what();
    }
    return "";
  }
  template <class Result>
  static std::string outcome(abi::Task<Result> task) {
    task.start([] {});
    return refusal([&] { task.outcome().take(); });
  }
  std::unique_ptr<lambda::Clients> clients() {
    return in_process_clients(core.store, *dynamodb, *sqs, *broker, {}, "function", "role", rights);
  }

  std::shared_ptr<Listed> listed = std::make_shared<Listed>();
};

TEST_F(RightsTest, ClientsAskForTheQueue) {
  create_queue("votes");
  const auto calling = clients();
  const abi::SendMessageRequest request{"http://localhost:4566/000000000000/votes", "1", {}};
  EXPECT_EQ(outcome(calling->sqs().send_message(request)),
            "AccessDenied 403: no sqs:SendMessage " + queue);
  EXPECT_EQ(sqs->visible_count(queue), 0U);
  listed->allowed = {"sqs:SendMessage " + queue};
  EXPECT_EQ(outcome(calling->sqs().send_message(request)), "");
  EXPECT_EQ(sqs->visible_count(queue), 1U);
}

TEST_F(RightsTest, ClientsAskForTheTable) {
  create_stream("votes");
  const auto calling = clients();
  abi::ScanRequest request;
  request.table_name = "votes";
  EXPECT_EQ(outcome(calling->dynamodb().scan(request)),
            "AccessDeniedException 400: no dynamodb:Scan " + table);
  listed->allowed = {"dynamodb:Scan " + table};
  EXPECT_EQ(outcome(calling->dynamodb().scan(request)), "");
  abi::UpdateItemRequest update;
  update.table_name = "votes";
  EXPECT_EQ(outcome(calling->dynamodb().update_item(update)),
            "AccessDeniedException 400: no dynamodb:UpdateItem " + table);
}

TEST_F(RightsTest, ClientsAskForTheTopic) {
  const auto calling = clients();
  abi::PublishRequest request;
  request.topic = "votes";
  EXPECT_EQ(outcome(calling->iot_data().publish(request)), "ForbiddenException 403: Forbidden");
  listed->allowed = {"iot:Publish " + topic};
  EXPECT_EQ(outcome(calling->iot_data().publish(request)), "");
  request.retain = true;
  EXPECT_EQ(outcome(calling->iot_data().publish(request)), "ForbiddenException 403: Forbidden");
}

TEST_F(RightsTest, AFunctionWritesItsLogWhenItMay) {
  const std::string streams =
      "arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/f:log-stream:";
  const auto calling = clients();
  EXPECT_FALSE(calling->may_log("/aws/lambda/f"));
  listed->allowed = {"logs:CreateLogStream " + streams};
  EXPECT_FALSE(calling->may_log("/aws/lambda/f"));
  listed->allowed.insert("logs:PutLogEvents " + streams);
  EXPECT_TRUE(calling->may_log("/aws/lambda/f"));
  EXPECT_FALSE(calling->may_log("/aws/lambda/g"));
}

TEST_F(RightsTest, AFunctionThatMayNotReadAQueueIsNotMappedToIt) {
  create_queue("votes");
  const auto mapped = [&] { return refusal([&] { map(queue); }); };
  const std::string refused =
      "InvalidParameterValueException 400: The provided execution role does not have permissions "
      "to call ";
  EXPECT_EQ(mapped(), refused + "ReceiveMessage on SQS");
  listed->allowed.insert("sqs:ReceiveMessage " + queue);
  EXPECT_EQ(mapped(), refused + "DeleteMessage on SQS");
  listed->allowed.insert("sqs:DeleteMessage " + queue);
  EXPECT_EQ(mapped(), refused + "GetQueueAttributes on SQS");
  listed->allowed.insert("sqs:GetQueueAttributes " + queue);
  EXPECT_EQ(mapped(), "");
}

TEST_F(RightsTest, AFunctionThatMayNotReadAStreamIsNotMappedToIt) {
  const std::string stream = create_stream("votes");
  const auto mapped = [&] {
    return refusal([&] { map(stream, {{"StartingPosition", "TRIM_HORIZON"}}); });
  };
  EXPECT_TRUE(
      mapped().starts_with("InvalidParameterValueException 400: Cannot access stream " + stream));
  for (const std::string action : {"GetRecords", "GetShardIterator", "DescribeStream"}) {
    listed->allowed.insert("dynamodb:" + action + " " + stream);
  }
  EXPECT_NE(mapped(), "");
  listed->allowed.insert("dynamodb:ListStreams " + table + "/stream/*");
  EXPECT_EQ(mapped(), "");
}

}  // namespace
}  // namespace votemu::pipeline
