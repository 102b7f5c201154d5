// Change records and the DynamoDB Streams API.
#include "services/dynamodb/streams.h"
#include "services/dynamodb/limits.h"
#include "services/dynamodb/shard_iterator.h"
#include "tests/unit/dynamodb/fixture.h"

namespace votemu::dynamodb {
namespace {

class StreamsTest : public DynamoDbTest {
 protected:
  void open(const std::string& view) {
    arn = create_votes(view)["LatestStreamArn"].get<std::string>();
  }

  std::string shard() { return describe()["Shards"].at(0).at("ShardId").get<std::string>(); }
  Json describe() {
    return call_stream("DescribeStream", {{"StreamArn", arn}})["StreamDescription"];
  }

  Json iterator_request(const std::string& type, const std::string& sequence = "") {
    Json request = {{"StreamArn", arn}, {"ShardId", shard()}, {"ShardIteratorType", type}};
    if (!sequence.empty()) request["SequenceNumber"] = sequence;
    return request;
  }
  std::string iterator(const std::string& type, const std::string& sequence = "") {
    return call_stream("GetShardIterator", iterator_request(type, sequence))["ShardIterator"]
        .get<std::string>();
  }
  Json records(const std::string& from) {
    return call_stream("GetRecords", {{"ShardIterator", from}})["Records"];
  }
  Json all_records() { return records(iterator("TRIM_HORIZON")); }

  void vote(const std::string& id) {
    call("UpdateItem", {{"TableName", "votes"},
                        {"Key", {{"id", {{"S", id}}}}},
                        {"UpdateExpression", "ADD votes :one"},
                        {"ExpressionAttributeValues", {{":one", {{"N", "1"}}}}}});
  }

  static std::string sequence(const Json& record) {
    return record.at("dynamodb").at("SequenceNumber").get<std::string>();
  }

  // The rows that hold records, keys and values.
  std::vector<std::pair<std::string, std::string>> rows() {
    std::vector<std::pair<std::string, std::string>> found;
    const core::Key records(core::Table::dynamodb_stream_record);
    for (auto row = core.store.scan(records); row.valid(); row.next()) {
      found.emplace_back(row.key(), row.value());
    }
    return found;
  }

  std::string arn;
};

TEST_F(StreamsTest, RecordsEveryChangeWithBothImages) {
  open("NEW_AND_OLD_IMAGES");
  put("votes", R"({"id":{"S":"Fred"}})");
  put("votes", R"({"id":{"S":"Fred"},"name":{"S":"Fred"}})");
  call("DeleteItem", parsed(R"({"TableName":"votes","Key":{"id":{"S":"Fred"}}})"));

  auto found = all_records();
  ASSERT_EQ(found.size(), 3U);
  for (auto& record : found) {
    EXPECT_EQ(record["eventID"].get<std::string>().size(), 32U);
    EXPECT_EQ(sequence(record).size(), 21U);
    record.erase("eventID");
    record["dynamodb"].erase("SequenceNumber");
  }
  EXPECT_EQ(found[0], parsed(R"({"awsRegion":"us-east-1","eventName":"INSERT",
      "eventSource":"aws:dynamodb","eventVersion":"1.1","dynamodb":{
      "ApproximateCreationDateTime":1750000000,"Keys":{"id":{"S":"Fred"}},
      "NewImage":{"id":{"S":"Fred"}},"SizeBytes":12,"StreamViewType":"NEW_AND_OLD_IMAGES"}})"));
  EXPECT_EQ(found[1]["eventName"], "MODIFY");
  EXPECT_EQ(found[1]["dynamodb"]["SizeBytes"], 26);
  EXPECT_EQ(found[1]["dynamodb"]["OldImage"], parsed(R"({"id":{"S":"Fred"}})"));
  EXPECT_EQ(found[2]["eventName"], "REMOVE");
  EXPECT_FALSE(found[2]["dynamodb"].contains("NewImage"));
  EXPECT_TRUE(found[2]["dynamodb"].contains("OldImage"));
}

TEST_F(StreamsTest, AViewLeavesOutWhatItDoesNotShow) {
  for (const std::string view : {"KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE"}) {
    open(view);
    put("votes", R"({"id":{"S":"Fred"}})");
    put("votes", R"({"id":{"S":"Fred"},"a":{"S":"b"}})");
    const auto record = all_records()[1]["dynamodb"];
    EXPECT_EQ(record.contains("NewImage"), view == "NEW_IMAGE");
    EXPECT_EQ(record.contains("OldImage"), view == "OLD_IMAGE");
    EXPECT_EQ(record["StreamViewType"], view);
    EXPECT_EQ(record["SizeBytes"], view == "KEYS_ONLY" ? 6 : view == "NEW_IMAGE" ? 14 : 12);
    call("DeleteTable", {{"TableName", "votes"}});
  }
}

TEST_F(StreamsTest, NothingIsRecordedWhenNothingChanges) {
  open("NEW_IMAGE");
  put("votes", R"({"id":{"S":"a"}})");
  put("votes", R"({"id":{"S":"a"}})");
  call("UpdateItem", parsed(R"({"TableName":"votes","Key":{"id":{"S":"a"}}})"));
  call("DeleteItem", parsed(R"({"TableName":"votes","Key":{"id":{"S":"none"}}})"));
  EXPECT_EQ(all_records().size(), 1U);
}

TEST_F(StreamsTest, AFailedOperationLeavesNoRecord) {
  open("NEW_IMAGE");
  int told = 0;
  service->on_stream_records([&](const std::string&) { ++told; });
  error("PutItem", {{"TableName", "votes"},
                    {"Item", {{"id", {{"S", "a"}}}}},
                    {"ConditionExpression", "attribute_exists(id)"}});
  EXPECT_THROW(core.store.atomically([&] {
    vote("a");
    throw AwsError("X", "undone");
  }),
               AwsError);
  EXPECT_EQ(all_records().size(), 0U);
  EXPECT_EQ(told, 1) << "the listener only learns that it may look";
  vote("b");
  EXPECT_EQ(all_records().size(), 1U);
  restart();
  EXPECT_EQ(all_records().size(), 1U);
}

TEST_F(StreamsTest, TellsTheListener) {
  open("NEW_IMAGE");
  std::vector<std::string> told;
  service->on_stream_records([&](const std::string& stream) { told.push_back(stream); });
  vote("a");
  vote("b");
  EXPECT_EQ(told, (std::vector<std::string>{arn, arn}));
}

TEST_F(StreamsTest, ThePipelineReadsInOrder) {
  open("NEW_IMAGE");
  EXPECT_EQ(service->latest_sequence_number(arn), "");
  EXPECT_TRUE(service->read_stream(arn, "", 10).empty());
  for (int i = 0; i < 5; ++i) vote("a");
  const auto first = service->read_stream(arn, "", 3);
  ASSERT_EQ(first.size(), 3U);
  const auto rest = service->read_stream(arn, first.back().sequence_number, 10);
  ASSERT_EQ(rest.size(), 2U);
  EXPECT_EQ(Json::parse(rest[1].json)["dynamodb"]["NewImage"]["votes"]["N"], "5");
  EXPECT_EQ(rest[1].sequence_number, service->latest_sequence_number(arn));
  EXPECT_LT(first[0].sequence_number, rest[1].sequence_number);
  EXPECT_TRUE(service->read_stream(arn, rest[1].sequence_number, 10).empty());
  EXPECT_TRUE(service->stream_exists(arn));
  EXPECT_FALSE(service->stream_exists(arn + "x"));
  EXPECT_THROW(service->read_stream(arn + "x", "", 1), AwsError);
}

TEST_F(StreamsTest, ContinuesAfterARestart) {
  open("NEW_IMAGE");
  vote("a");
  const auto before = service->latest_sequence_number(arn);
  restart();
  EXPECT_EQ(service->latest_sequence_number(arn), before);
  vote("a");
  const auto records_now = service->read_stream(arn, before, 10);
  ASSERT_EQ(records_now.size(), 1U);
  EXPECT_GT(records_now[0].sequence_number, before);
}

TEST_F(StreamsTest, RecordsOfATurnShareRows) {
  open("NEW_IMAGE");
  std::vector<std::string> sequences = {""};
  const auto expect_all = [&] {
    for (std::size_t i = 0; i + 1 < sequences.size(); i += 7) {
      const auto found = service->read_stream(arn, sequences[i], 1'000);
      ASSERT_EQ(found.size(), sequences.size() - 1 - i);
      for (std::size_t j = 0; j < found.size(); ++j) {
        EXPECT_EQ(found[j].sequence_number, sequences[i + 1 + j]);
        EXPECT_EQ(sequence(Json::parse(found[j].json)), sequences[i + 1 + j]);
      }
      EXPECT_EQ(service->read_stream(arn, sequences[i], 3).size(),
                std::min<std::size_t>(3, found.size()));
    }
  };
  constexpr int more_than_the_tail = 250;
  for (int i = 0; i < more_than_the_tail; ++i) {
    vote("dog");
    sequences.push_back(service->latest_sequence_number(arn));
    if (i % 100 == 50) core.finish_turn();
  }
  EXPECT_LT(rows().size(), more_than_the_tail / 5);
  expect_all();
  restart();
  expect_all();
  vote("dog");
  sequences.push_back(service->latest_sequence_number(arn));
  expect_all();
}

TEST_F(StreamsTest, WhatWasTakenBackIsNeverRead) {
  open("NEW_IMAGE");
  const auto fail_to_vote = [&] {
    EXPECT_THROW(core.store.atomically([&] {
      vote("b");
      throw AwsError("X", "undone");
    }),
                 AwsError);
  };
  const auto names = [&] {
    std::string all;
    for (const auto& record : service->read_stream(arn, "", 100)) {
      all += Json::parse(record.json)["dynamodb"]["Keys"]["id"]["S"].get<std::string>();
    }
    return all;
  };
  vote("a");
  fail_to_vote();
  EXPECT_EQ(names(), "a");
  vote("c");
  EXPECT_EQ(names(), "ac");
  fail_to_vote();
  vote("d");
  core.finish_turn();
  vote("e");
  fail_to_vote();
  EXPECT_EQ(names(), "acde");
  restart();
  EXPECT_EQ(names(), "acde");
}

// As rows were when each record had one.
TEST_F(StreamsTest, ReadsRowsOfSingleRecords) {
  open("NEW_IMAGE");
  vote("a");
  const auto row = rows().at(0);
  core.store.put(row.first, row.second.substr(1, row.second.size() - 2));
  const auto record = all_records();
  restart();
  EXPECT_EQ(all_records(), record);
  vote("b");
  EXPECT_EQ(all_records().size(), 2U);
  EXPECT_EQ(records(iterator("AFTER_SEQUENCE_NUMBER", sequence(record[0]))).size(), 1U);
  restart();
  EXPECT_EQ(all_records().size(), 2U);
  core.advance(limits::stream_retention_ms + limits::trim_interval_ms);
  EXPECT_TRUE(rows().empty());
}

TEST_F(StreamsTest, RefusesARowOfAnotherVersion) {
  open("NEW_IMAGE");
  vote("a");
  const auto row = rows().at(0);
  core.store.put(row.first, "\x02" + row.second.substr(1));
  EXPECT_THROW(restart(), std::runtime_error);
  core.store.put(row.first, row.second.substr(0, 5));
  EXPECT_THROW(restart(), std::runtime_error);
}

TEST_F(StreamsTest, DescribesAndLists) {
  open("KEYS_ONLY");
  auto description = describe();
  EXPECT_EQ(description["Shards"][0]["SequenceNumberRange"].size(), 1U);
  description.erase("Shards");
  EXPECT_EQ(description,
            (Json{{"StreamArn", arn},
                  {"StreamLabel", "2025-06-15T15:06:40.000"},
                  {"StreamStatus", "ENABLED"},
                  {"StreamViewType", "KEYS_ONLY"},
                  {"CreationRequestDateTime", 1'750'000'000.0},
                  {"TableName", "votes"},
                  {"KeySchema", parsed(R"([{"AttributeName":"id","KeyType":"HASH"}])")}}));
  EXPECT_EQ(call_stream("ListStreams", {{"TableName", "votes"}})["Streams"],
            Json::array({Json{{"StreamArn", arn},
                              {"StreamLabel", "2025-06-15T15:06:40.000"},
                              {"TableName", "votes"}}}));
  EXPECT_EQ(call_stream("ListStreams", {{"TableName", "other"}})["Streams"].size(), 0U);
  EXPECT_EQ(call_stream("DescribeStream",
                        {{"StreamArn", arn},
                         {"ExclusiveStartShardId", shard()}})["StreamDescription"]["Shards"]
                .size(),
            0U);
}

TEST_F(StreamsTest, IteratorsBeginWhereTheySay) {
  open("NEW_IMAGE");
  vote("a");
  const auto latest = iterator("LATEST");
  vote("b");
  vote("c");
  const auto found = all_records();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(records(latest).size(), 2U);
  EXPECT_EQ(records(iterator("AT_SEQUENCE_NUMBER", sequence(found[1]))).size(), 2U);
  EXPECT_EQ(records(iterator("AFTER_SEQUENCE_NUMBER", sequence(found[1]))).size(), 1U);
}

TEST_F(StreamsTest, ReadsOnFromTheNextIterator) {
  open("NEW_IMAGE");
  for (int i = 0; i < 5; ++i) vote("a");
  auto answer =
      call_stream("GetRecords", {{"ShardIterator", iterator("TRIM_HORIZON")}, {"Limit", 2}});
  EXPECT_EQ(answer["Records"].size(), 2U);
  answer = call_stream("GetRecords", {{"ShardIterator", answer["NextShardIterator"]}});
  EXPECT_EQ(answer["Records"].size(), 3U);
  const auto next = answer["NextShardIterator"];
  EXPECT_EQ(call_stream("GetRecords", {{"ShardIterator", next}})["Records"].size(), 0U);
  vote("b");
  EXPECT_EQ(call_stream("GetRecords", {{"ShardIterator", next}})["Records"].size(), 1U);
}

TEST_F(StreamsTest, RefusesAsAwsDoes) {
  open("NEW_IMAGE");
  const std::string unknown = arn.substr(0, arn.size() - 3) + "999";
  EXPECT_EQ(
      stream_error("DescribeStream", {{"StreamArn", unknown}}),
      "ResourceNotFoundException: Requested resource not found: Stream: " + unknown + " not found");
  auto request = iterator_request("LATEST");
  request["ShardId"] = "shardId-00000000000000000000-00000000";
  EXPECT_EQ(stream_error("GetShardIterator", request),
            "ResourceNotFoundException: Requested resource not found: Shard does not exist");
  EXPECT_EQ(stream_error("GetShardIterator", iterator_request("SOMEWHERE")),
            "ValidationException: 1 validation error detected: Value 'SOMEWHERE' at "
            "'shardIteratorType' failed to satisfy constraint: Member must satisfy enum value set: "
            "[AFTER_SEQUENCE_NUMBER, LATEST, AT_SEQUENCE_NUMBER, TRIM_HORIZON]");
  EXPECT_NE(stream_error("GetShardIterator", iterator_request("AT_SEQUENCE_NUMBER")), "");
  EXPECT_EQ(stream_error("GetRecords", {{"ShardIterator", "x"}}),
            "ValidationException: Invalid ShardIterator");
  EXPECT_EQ(stream_error("GetRecords", {{"ShardIterator", arn + "|1|AAAA"}}),
            "ValidationException: Invalid ShardIterator");
  EXPECT_NE(stream_error("GetRecords", {{"ShardIterator", iterator("LATEST")}, {"Limit", 1001}}),
            "");
  context.scope.region = "eu-west-1";
  EXPECT_NE(stream_error("DescribeStream", {{"StreamArn", arn}}), "") << "of another scope";
}

TEST_F(StreamsTest, IteratorsExpire) {
  open("NEW_IMAGE");
  const auto from = iterator("TRIM_HORIZON");
  core.advance(limits::shard_iterator_lifetime_ms);
  EXPECT_EQ(stream_error("GetRecords", {{"ShardIterator", from}}), "");
  core.advance(1);
  EXPECT_TRUE(stream_error("GetRecords", {{"ShardIterator", from}})
                  .starts_with("ExpiredIteratorException"));
}

TEST_F(StreamsTest, RecordsGoAfterADay) {
  open("NEW_IMAGE");
  vote("a");
  const auto first = sequence(all_records()[0]);
  core.advance(limits::stream_retention_ms / 2);
  vote("b");
  core.advance(limits::stream_retention_ms / 2);
  EXPECT_EQ(all_records().size(), 1U);
  EXPECT_TRUE(stream_error("GetShardIterator", iterator_request("AT_SEQUENCE_NUMBER", first))
                  .starts_with("TrimmedDataAccessException"));
  const auto latest = service->latest_sequence_number(arn);
  core.advance(limits::stream_retention_ms);
  EXPECT_EQ(all_records().size(), 0U);
  restart();
  EXPECT_EQ(service->latest_sequence_number(arn), latest) << "numbers are never given twice";
  vote("c");
  EXPECT_GT(service->latest_sequence_number(arn), latest);
}

TEST_F(StreamsTest, AnIdleServiceSetsNoTimer) {
  open("NEW_IMAGE");
  EXPECT_EQ(core.timers.next_due_ms(), std::nullopt);
  vote("a");
  core.advance(limits::stream_retention_ms * 2);
  EXPECT_EQ(core.timers.next_due_ms(), std::nullopt);
}

TEST_F(StreamsTest, ADisabledStreamStaysReadableForADay) {
  open("NEW_IMAGE");
  vote("a");
  call("UpdateTable",
       {{"TableName", "votes"}, {"StreamSpecification", {{"StreamEnabled", false}}}});
  vote("b");
  EXPECT_EQ(describe()["StreamStatus"], "DISABLED");
  EXPECT_EQ(describe()["Shards"][0]["SequenceNumberRange"]["EndingSequenceNumber"],
            service->latest_sequence_number(arn));
  const auto answer = call_stream("GetRecords", {{"ShardIterator", iterator("TRIM_HORIZON")}});
  EXPECT_EQ(answer["Records"].size(), 1U);
  EXPECT_FALSE(answer.contains("NextShardIterator")) << "the shard is closed and read";
  EXPECT_FALSE(
      call("DescribeTable", {{"TableName", "votes"}})["Table"].contains("StreamSpecification"));

  const auto second =
      call("UpdateTable",
           {{"TableName", "votes"},
            {"StreamSpecification", {{"StreamEnabled", true}, {"StreamViewType", "KEYS_ONLY"}}}});
  EXPECT_NE(second["TableDescription"]["LatestStreamArn"], arn);
  core.advance(limits::stream_retention_ms + limits::trim_interval_ms);
  EXPECT_FALSE(service->stream_exists(arn));
}

TEST_F(StreamsTest, ADeletedTablesStreamStaysReadable) {
  open("NEW_IMAGE");
  vote("a");
  call("DeleteTable", {{"TableName", "votes"}});
  EXPECT_EQ(all_records().size(), 1U);
  restart();
  EXPECT_EQ(all_records().size(), 1U);
  EXPECT_EQ(describe()["StreamStatus"], "DISABLED");
}

TEST_F(StreamsTest, OneStreamAtATime) {
  open("NEW_IMAGE");
  const auto update = [&](const char* specification) {
    return error("UpdateTable",
                 {{"TableName", "votes"}, {"StreamSpecification", parsed(specification)}});
  };
  EXPECT_NE(update(R"({"StreamEnabled":true,"StreamViewType":"KEYS_ONLY"})"), "");
  EXPECT_EQ(update(R"({"StreamEnabled":false})"), "");
  EXPECT_NE(update(R"({"StreamEnabled":false})"), "");
  EXPECT_NE(update(R"({"StreamEnabled":true})"), "") << "without a view";
}

TEST_F(StreamsTest, TheOldestRecordsGiveWayWhenThereAreTooMany) {
  constexpr std::uint64_t most = 50;
  Streams streams(core.runtime, most);
  TableDefinition definition;
  definition.name = "votes";
  definition.keys.hash.name = "id";
  const Table table({}, definition);
  auto& stream = streams.open(table, StreamView::keys_only);
  const abi::Item item = {{"id", std::string("dog")}};
  for (std::uint64_t i = 0; i < most + limits::max_trimmed_at_once; ++i) {
    streams.append(stream, {item, nullptr, &item});
  }
  const auto kept = streams.read(stream, 0, 10'000, std::size_t{1} << 30);
  EXPECT_GE(kept.size(), most);
  EXPECT_LT(kept.size(), 2 * most) << "records go by the row";
  EXPECT_EQ(kept.back().sequence_number, sequence_text(stream.next_sequence - 1));
}

TEST(ShardIteratorTest, RoundTrips) {
  const ShardIterator given{"arn:aws:dynamodb:a:b:table/t/stream/x", 1'750'000'000'123, 42};
  const auto read = iterator_of(iterator_text(given));
  EXPECT_EQ(read.stream_arn, given.stream_arn);
  EXPECT_EQ(read.created_ms, given.created_ms);
  EXPECT_EQ(read.sequence, given.sequence);
}

}  // namespace
}  // namespace votemu::dynamodb
