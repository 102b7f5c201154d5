// Messages that were received together share a row for their states.
#include "services/sqs/message_states.h"

#include "tests/unit/sqs/sqs_fixture.h"

namespace votemu::sqs {
namespace {

class MessageStatesTest : public SqsTest {
 protected:
  // Three messages in flight, received at once.
  void SetUp() override {
    create("votes");
    for (const char* body : {"1", "2", "3"}) send("votes", body);
    for (const auto& message : receive_all("votes")) {
      handles.push_back(message["ReceiptHandle"].get<std::string>());
    }
    ASSERT_EQ(handles.size(), 3U);
  }

  void remove(std::size_t message) {
    call("DeleteMessage", {{"QueueUrl", "votes"}, {"ReceiptHandle", handles[message]}});
  }
  void change_visibility(std::size_t message, int seconds) {
    call("ChangeMessageVisibility", {{"QueueUrl", "votes"},
                                     {"ReceiptHandle", handles[message]},
                                     {"VisibilityTimeout", seconds}});
  }
  std::size_t state_rows() { return rows(core::Table::sqs_message_state); }

  std::vector<std::string> handles;
};

TEST_F(MessageStatesTest, OneRowUntilTheLastIsDeleted) {
  for (const std::size_t message : {0U, 2U, 1U}) {
    EXPECT_EQ(state_rows(), 1U);
    remove(message);
  }
  EXPECT_EQ(state_rows(), 0U);
  EXPECT_EQ(stored_messages(), 0U);
}

TEST_F(MessageStatesTest, ARestartFindsThoseThatAreLeft) {
  remove(0);
  for (int i = 0; i < 2; ++i) {
    restart();
    EXPECT_EQ(counts("votes"), (MessageCounts{.in_flight = 2}));
    EXPECT_EQ(state_rows(), 1U);
  }
  core.advance(30'000);
  const Json again = receive_all("votes");
  EXPECT_EQ(bodies(again), (std::vector<std::string>{"2", "3"}));
  for (const auto& message : again) {
    EXPECT_EQ(message["Attributes"]["ApproximateReceiveCount"], "2");
  }
}

TEST_F(MessageStatesTest, HandlesAreGoodAfterARestart) {
  restart();
  for (const std::size_t message : {0U, 1U, 2U}) remove(message);
  EXPECT_EQ(state_rows(), 0U);
  EXPECT_EQ(stored_messages(), 0U);
}

TEST_F(MessageStatesTest, AnotherTimeoutIsOneMessagesAlone) {
  change_visibility(1, 100);
  EXPECT_EQ(state_rows(), 2U);
  for (int i = 0; i < 2; ++i) {
    core.advance(i * 30'000);
    EXPECT_EQ(counts("votes").in_flight, i == 0 ? 3U : 1U);
    restart();
    EXPECT_EQ(counts("votes").in_flight, i == 0 ? 3U : 1U);
  }
  EXPECT_EQ(bodies(receive_all("votes")), (std::vector<std::string>{"1", "3"}));
  EXPECT_EQ(state_rows(), 3U);  // each received alone counts for itself
  core.advance(70'000);
  EXPECT_EQ(receive_all("votes").size(), 3U);
}

TEST_F(MessageStatesTest, ANumberThatReturnsIsAnotherMessages) {
  remove(2);
  restart();
  send("votes", "new");  // has the number of the one that was deleted
  restart();
  EXPECT_EQ(counts("votes"), (MessageCounts{.visible = 1, .in_flight = 2}));
  const Json received = receive_all("votes");
  EXPECT_EQ(bodies(received), std::vector<std::string>{"new"});
  EXPECT_EQ(received[0]["Attributes"]["ApproximateReceiveCount"], "1");
}

TEST_F(MessageStatesTest, APurgeForgetsAll) {
  call("PurgeQueue", {{"QueueUrl", "votes"}});
  core.advance(0);
  restart();
  EXPECT_EQ(counts("votes"), MessageCounts{});
  EXPECT_EQ(state_rows(), 0U);
}

}  // namespace
}  // namespace votemu::sqs
