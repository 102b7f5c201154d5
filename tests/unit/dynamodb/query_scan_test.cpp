// Query, Scan and the batches.
#include <set>

#include "tests/unit/dynamodb/fixture.h"

namespace votemu::dynamodb {
namespace {

class QueryTest : public DynamoDbTest {
 protected:
  // Sort keys 1 to `count` in partition "p", and one item in another.
  void fill(int count) {
    create_ranged("N");
    for (int i = 1; i <= count; ++i) {
      put("ranged", R"({"pk":{"S":"p"},"sk":{"N":")" + std::to_string(i) + R"("},"half":{"N":")" +
                        std::to_string(i / 2) + R"("}})");
    }
    put("ranged", R"({"pk":{"S":"other"},"sk":{"N":"1"}})");
  }

  static Json request(const std::string& condition, const std::string& values) {
    auto json = parsed(R"({"TableName":"ranged"})");
    json["KeyConditionExpression"] = condition;
    json["ExpressionAttributeValues"] = parsed(values);
    return json;
  }

  static std::string sort_keys(const Json& answer) {
    std::string keys;
    for (const auto& item : answer.at("Items")) {
      keys += (keys.empty() ? "" : " ") + item.at("sk").front().get<std::string>();
    }
    return keys;
  }

  std::string found(const std::string& condition, const std::string& values) {
    return sort_keys(call("Query", request(condition, values)));
  }
};

constexpr auto values_5_7 = R"({":p":{"S":"p"},":a":{"N":"5"},":b":{"N":"7"}})";
constexpr auto values_p5 = R"({":p":{"S":"p"},":a":{"N":"5"}})";
constexpr auto values_p = R"({":p":{"S":"p"}})";

TEST_F(QueryTest, AnswersInKeyOrder) {
  fill(12);
  EXPECT_EQ(found("pk = :p", values_p), "1 2 3 4 5 6 7 8 9 10 11 12");
}

TEST_F(QueryTest, NarrowsBySortKey) {
  fill(9);
  EXPECT_EQ(found("pk = :p AND sk = :a", values_p5), "5");
  EXPECT_EQ(found("pk = :p AND sk < :a", values_p5), "1 2 3 4");
  EXPECT_EQ(found("pk = :p AND sk <= :a", values_p5), "1 2 3 4 5");
  EXPECT_EQ(found("pk = :p AND sk > :a", values_p5), "6 7 8 9");
  EXPECT_EQ(found("sk >= :a AND pk = :p", values_p5), "5 6 7 8 9");
  EXPECT_EQ(found("pk = :p AND :a > sk", values_p5), "1 2 3 4");
  EXPECT_EQ(found("(pk = :p) AND (sk BETWEEN :a AND :b)", values_5_7), "5 6 7");
}

TEST_F(QueryTest, NarrowsByPrefix) {
  create_ranged("S");
  for (const auto* key : {"a", "ab", "abc", "b"}) {
    put("ranged", R"({"pk":{"S":"p"},"sk":{"S":")" + std::string(key) + R"("}})");
  }
  EXPECT_EQ(found("pk = :p AND begins_with(sk, :a)", R"({":p":{"S":"p"},":a":{"S":"ab"}})"),
            "ab abc");
  EXPECT_EQ(found("pk = :p AND sk > :a", R"({":p":{"S":"p"},":a":{"S":"a"}})"), "ab abc b");
}

TEST_F(QueryTest, SortsNegativeNumbers) {
  create_ranged("N");
  for (const auto* key : {"-10", "-1.5", "0", "0.001", "2", "100"}) {
    put("ranged", R"({"pk":{"S":"p"},"sk":{"N":")" + std::string(key) + R"("}})");
  }
  EXPECT_EQ(found("pk = :p", values_p), "-10 -1.5 0 0.001 2 100");
}

TEST_F(QueryTest, GoesBackward) {
  fill(4);
  auto backward = request("pk = :p AND sk < :a", values_p5);
  backward["ScanIndexForward"] = false;
  EXPECT_EQ(sort_keys(call("Query", backward)), "4 3 2 1");
}

TEST_F(QueryTest, PagesBothWays) {
  fill(7);
  for (const bool forward : {true, false}) {
    auto page = request("pk = :p", values_p);
    page["Limit"] = 3;
    page["ScanIndexForward"] = forward;
    std::string keys;
    int pages = 0;
    while (true) {
      const auto answer = call("Query", page);
      keys += "|" + sort_keys(answer);
      ++pages;
      if (!answer.contains("LastEvaluatedKey")) break;
      page["ExclusiveStartKey"] = answer["LastEvaluatedKey"];
    }
    EXPECT_EQ(pages, 3);
    EXPECT_EQ(keys, forward ? "|1 2 3|4 5 6|7" : "|7 6 5|4 3 2|1");
  }
}

TEST_F(QueryTest, FiltersAfterReading) {
  fill(9);
  auto filtered = request("pk = :p", R"({":p":{"S":"p"},":h":{"N":"2"}})");
  filtered["FilterExpression"] = "half = :h";
  filtered["Limit"] = 5;
  const auto answer = call("Query", filtered);
  EXPECT_EQ(sort_keys(answer), "4 5");
  EXPECT_EQ(answer["Count"], 2);
  EXPECT_EQ(answer["ScannedCount"], 5);
  EXPECT_EQ(answer["LastEvaluatedKey"]["sk"]["N"], "5");
}

TEST_F(QueryTest, CountsAndProjects) {
  fill(3);
  auto count = request("pk = :p", values_p);
  count["Select"] = "COUNT";
  EXPECT_EQ(call("Query", count), parsed(R"({"Count":3,"ScannedCount":3})"));
  auto projected = request("pk = :p", values_p);
  projected["ProjectionExpression"] = "sk";
  EXPECT_EQ(call("Query", projected)["Items"][0], parsed(R"({"sk":{"N":"1"}})"));
}

TEST_F(QueryTest, RefusesConditionsThatNoKeyAnswers) {
  fill(1);
  const auto problem = [&](const std::string& condition, const std::string& values = values_p) {
    return error("Query", request(condition, values));
  };
  const std::string start = "ValidationException: ";
  EXPECT_EQ(problem("sk = :p", values_p), start + "Query condition missed key schema element: pk");
  EXPECT_EQ(problem("pk > :p"), start + "Query key condition not supported");
  EXPECT_EQ(problem("pk = :p OR pk = :p"),
            start + "Invalid operator used in KeyConditionExpression: OR");
  EXPECT_EQ(problem("pk <> :p"), start + "Invalid operator used in KeyConditionExpression: <>");
  EXPECT_EQ(problem("pk = :p AND pk = :p"),
            start + "KeyConditionExpressions must only contain one condition per key");
  EXPECT_EQ(problem("pk = :p AND half = :p"),
            start + "Query condition missed key schema element: sk");
  EXPECT_EQ(problem("pk = :p AND attribute_exists(sk)"),
            start + "Invalid operator used in KeyConditionExpression: attribute_exists");
  EXPECT_EQ(problem("pk.x = :p"),
            start + "KeyConditionExpressions cannot have conditions on nested attributes");
  EXPECT_EQ(problem("pk = sk AND sk = :p"),
            start +
                "Invalid condition in KeyConditionExpression: Multiple attribute names used in one "
                "condition");
  EXPECT_EQ(
      problem("pk = :p", R"({":p":{"N":"1"}})"),
      start +
          "One or more parameter values were invalid: Condition parameter type does not match "
          "schema type");
  auto filter = request("pk = :p", values_p);
  filter["FilterExpression"] = "sk = :p";
  EXPECT_EQ(error("Query", filter),
            start +
                "Filter Expression can only contain non-primary key attributes: Primary key "
                "attribute: sk");
  EXPECT_EQ(error("Query", {{"TableName", "ranged"}}),
            start +
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in "
                "the request.");
}

TEST_F(QueryTest, ChecksStartKeys) {
  fill(1);
  auto page = request("pk = :p", values_p);
  page["ExclusiveStartKey"] = parsed(R"({"pk":{"S":"p"}})");
  EXPECT_EQ(error("Query", page),
            "ValidationException: The provided starting key is invalid: The provided key element "
            "does not match the schema");
  page["ExclusiveStartKey"] = parsed(R"({"pk":{"S":"q"},"sk":{"N":"1"}})");
  EXPECT_EQ(error("Query", page),
            "ValidationException: The provided starting key is outside query boundaries based on "
            "provided conditions");
  auto narrowed = request("pk = :p AND sk > :a", values_p5);
  narrowed["ExclusiveStartKey"] = parsed(R"({"pk":{"S":"p"},"sk":{"N":"3"}})");
  EXPECT_EQ(
      error("Query", narrowed),
      "ValidationException: The provided starting key does not match the range key predicate");
}

TEST_F(QueryTest, EndsAPageAtOneMegabyteReadBeforeTheFilter) {
  create_ranged("N");
  const std::string filling(300 * 1024, 'x');
  for (int i = 1; i <= 5; ++i) {
    Json put_request = {{"TableName", "ranged"}};
    put_request["Item"] = {
        {"pk", {{"S", "p"}}}, {"sk", {{"N", std::to_string(i)}}}, {"data", {{"S", filling}}}};
    call("PutItem", put_request);
  }
  auto page = request("pk = :p", R"({":p":{"S":"p"},":no":{"N":"0"}})");
  page["FilterExpression"] = "absent = :no";
  const auto answer = call("Query", page);
  EXPECT_EQ(answer["ScannedCount"], 3);
  EXPECT_EQ(answer["Count"], 0);
  EXPECT_EQ(answer["LastEvaluatedKey"]["sk"]["N"], "3");
  page["ExclusiveStartKey"] = answer["LastEvaluatedKey"];
  EXPECT_FALSE(call("Query", page).contains("LastEvaluatedKey"));
}

class LocalIndexTest : public DynamoDbTest {
 protected:
  LocalIndexTest() {
    call("CreateTable", parsed(R"({"TableName":"indexed","BillingMode":"PAY_PER_REQUEST",
        "AttributeDefinitions":[{"AttributeName":"PK","AttributeType":"S"},
            {"AttributeName":"SK","AttributeType":"S"},{"AttributeName":"LSI1SK","AttributeType":"N"}],
        "KeySchema":[{"AttributeName":"PK","KeyType":"HASH"},
                     {"AttributeName":"SK","KeyType":"RANGE"}],
        "LocalSecondaryIndexes":[{"IndexName":"LSI1",
            "KeySchema":[{"AttributeName":"PK","KeyType":"HASH"},
                         {"AttributeName":"LSI1SK","KeyType":"RANGE"}],
            "Projection":{"ProjectionType":"KEYS_ONLY"}}]})"));
  }

  Json query_index(const std::string& more = "{}") {
    auto request = parsed(R"({"TableName":"indexed","IndexName":"LSI1",
        "KeyConditionExpression":"PK = :p AND LSI1SK > :n",
        "ExpressionAttributeValues":{":p":{"S":"test one"},":n":{"N":"0"}}})");
    request.update(parsed(more));
    return call("Query", request);
  }
};

TEST_F(LocalIndexTest, AnswersInTheIndexsOrder) {
  put("indexed", R"({"PK":{"S":"test one"},"SK":{"S":"a"},"LSI1SK":{"N":"20"},"x":{"S":"y"}})");
  put("indexed", R"({"PK":{"S":"test one"},"SK":{"S":"b"},"LSI1SK":{"N":"3"}})");
  put("indexed", R"({"PK":{"S":"test one"},"SK":{"S":"c"}})");
  EXPECT_EQ(query_index()["Items"],
            parsed(R"([{"PK":{"S":"test one"},"SK":{"S":"b"},"LSI1SK":{"N":"3"}},
                       {"PK":{"S":"test one"},"SK":{"S":"a"},"LSI1SK":{"N":"20"}}])"));
  EXPECT_EQ(query_index(R"({"Select":"ALL_ATTRIBUTES"})")["Items"][1]["x"]["S"], "y");
}

TEST_F(LocalIndexTest, FollowsChanges) {
  put("indexed", R"({"PK":{"S":"test one"},"SK":{"S":"a"},"LSI1SK":{"N":"20"}})");
  put("indexed", R"({"PK":{"S":"test one"},"SK":{"S":"a"},"LSI1SK":{"N":"30"}})");
  EXPECT_EQ(query_index()["Count"], 1);
  put("indexed", R"({"PK":{"S":"test one"},"SK":{"S":"a"}})");
  EXPECT_EQ(query_index()["Count"], 0);
}

TEST_F(LocalIndexTest, Pages) {
  for (const auto* key : {"a", "b", "c"}) {
    put("indexed",
        R"({"PK":{"S":"test one"},"SK":{"S":")" + std::string(key) + R"("},"LSI1SK":{"N":"1"}})");
  }
  const auto first = query_index(R"({"Limit":2})");
  EXPECT_EQ(first["LastEvaluatedKey"],
            parsed(R"({"PK":{"S":"test one"},"SK":{"S":"b"},"LSI1SK":{"N":"1"}})"));
  const auto second = query_index(Json{{"ExclusiveStartKey", first["LastEvaluatedKey"]}}.dump());
  EXPECT_EQ(second["Items"][0]["SK"]["S"], "c");
  EXPECT_EQ(second["Count"], 1);
}

TEST_F(LocalIndexTest, ChecksTypesOfItsKey) {
  EXPECT_EQ(error("PutItem", parsed(R"({"TableName":"indexed","Item":{"PK":{"S":"p"},
                "SK":{"S":"a"},"LSI1SK":{"S":"no number"}}})")),
            "ValidationException: One or more parameter values were invalid: Type mismatch for "
            "Index Key LSI1SK Expected: N Actual: S IndexName: LSI1");
  EXPECT_EQ(error("Query", parsed(R"({"TableName":"indexed","IndexName":"other",
                "KeyConditionExpression":"PK = :p","ExpressionAttributeValues":{":p":{"S":"p"}}})")),
            "ValidationException: The table does not have the specified index: other");
}

class ScanTest : public DynamoDbTest {
 protected:
  void fill(int count) {
    create_votes();
    for (int i = 0; i < count; ++i) {
      put("votes", R"({"id":{"S":"k)" + std::to_string(i) + R"("},"n":{"N":")" + std::to_string(i) +
                       R"("}})");
    }
  }
};

TEST_F(ScanTest, ReadsEverythingPageByPage) {
  fill(10);
  std::set<std::string> seen;
  Json request = {{"TableName", "votes"}, {"Limit", 4}};
  int pages = 0;
  for (;; ++pages) {
    const auto answer = call("Scan", request);
    for (const auto& item : answer["Items"]) seen.insert(item["id"]["S"].get<std::string>());
    if (!answer.contains("LastEvaluatedKey")) break;
    request["ExclusiveStartKey"] = answer["LastEvaluatedKey"];
  }
  EXPECT_EQ(pages, 2);
  EXPECT_EQ(seen.size(), 10U);
}

TEST_F(ScanTest, FiltersAndCounts) {
  fill(10);
  const auto answer = call("Scan", parsed(R"({"TableName":"votes","FilterExpression":"n < :n",
      "ExpressionAttributeValues":{":n":{"N":"3"}},"Select":"COUNT"})"));
  EXPECT_EQ(answer, parsed(R"({"Count":3,"ScannedCount":10})"));
}

TEST_F(ScanTest, SegmentsDivideTheTable) {
  fill(50);
  std::size_t total = 0;
  std::set<std::string> seen;
  for (int segment = 0; segment < 4; ++segment) {
    const auto answer =
        call("Scan", {{"TableName", "votes"}, {"Segment", segment}, {"TotalSegments", 4}});
    total += answer["Items"].size();
    for (const auto& item : answer["Items"]) seen.insert(item["id"]["S"].get<std::string>());
    EXPECT_LT(answer["Count"].get<int>(), 50);
  }
  EXPECT_EQ(total, 50U);
  EXPECT_EQ(seen.size(), 50U);
  EXPECT_EQ(error("Scan", {{"TableName", "votes"}, {"Segment", 4}, {"TotalSegments", 4}}),
            "ValidationException: The Segment parameter is zero-based and must be less than "
            "parameter TotalSegments: Segment: 4 is not less than TotalSegments: 4");
}

TEST_F(ScanTest, ChecksLimits) {
  fill(0);
  EXPECT_EQ(error("Scan", {{"TableName", "votes"}, {"Limit", 0}}),
            "ValidationException: 1 validation error detected: Value '0' at 'limit' failed to "
            "satisfy constraint: Member must have value greater than or equal to 1");
  EXPECT_EQ(call("Scan", {{"TableName", "votes"}}),
            parsed(R"({"Count":0,"ScannedCount":0,"Items":[]})"));
}

TEST_F(ScanTest, DoesNotSeeTablesWhoseNamesBeginAlike) {
  fill(1);
  call("CreateTable", parsed(R"({"TableName":"votes2","BillingMode":"PAY_PER_REQUEST",
      "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
      "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]})"));
  put("votes2", R"({"id":{"S":"x"}})");
  EXPECT_EQ(call("Scan", {{"TableName", "votes"}})["Count"], 1);
}

class BatchTest : public DynamoDbTest {
 protected:
  BatchTest() { create_votes(); }

  static Json puts(int count, std::size_t bytes = 1) {
    Json requests = Json::array();
    for (int i = 0; i < count; ++i) {
      Json item;
      item["id"]["S"] = "k" + std::to_string(i);
      item["data"]["S"] = std::string(bytes, 'x');
      requests.push_back(Json{{"PutRequest", {{"Item", item}}}});
    }
    return Json{{"RequestItems", {{"votes", requests}}}};
  }

  static Json gets(int count) {
    Json keys = Json::array();
    for (int i = 0; i < count; ++i) {
      Json key;
      key["id"]["S"] = "k" + std::to_string(i);
      keys.push_back(key);
    }
    Json request;
    request["RequestItems"]["votes"]["Keys"] = keys;
    return request;
  }
};

TEST_F(BatchTest, WritesAndGets) {
  EXPECT_EQ(call("BatchWriteItem", puts(25)), parsed(R"({"UnprocessedItems":{}})"));
  const auto answer = call("BatchGetItem", gets(100));
  EXPECT_EQ(answer["Responses"]["votes"].size(), 25U);
  EXPECT_EQ(answer["UnprocessedKeys"], Json::object());
  call("BatchWriteItem", parsed(R"({"RequestItems":{"votes":[
      {"DeleteRequest":{"Key":{"id":{"S":"k0"}}}},{"PutRequest":{"Item":{"id":{"S":"new"}}}}]}})"));
  EXPECT_TRUE(get("votes", R"({"id":{"S":"k0"}})").is_null());
  EXPECT_FALSE(get("votes", R"({"id":{"S":"new"}})").is_null());
}

TEST_F(BatchTest, RefusesTooMany) {
  EXPECT_EQ(error("BatchWriteItem", puts(26)),
            "ValidationException: Too many items requested for the BatchWriteItem call");
  EXPECT_EQ(error("BatchGetItem", gets(101)),
            "ValidationException: Too many items requested for the BatchGetItem call");
}

TEST_F(BatchTest, RefusesDuplicatesAndWritesNothing) {
  auto writes = puts(2);
  writes["RequestItems"]["votes"].push_back(writes["RequestItems"]["votes"][0]);
  EXPECT_EQ(error("BatchWriteItem", writes),
            "ValidationException: Provided list of item keys contains duplicates");
  EXPECT_TRUE(get("votes", R"({"id":{"S":"k0"}})").is_null());
  auto reads = gets(2);
  reads["RequestItems"]["votes"]["Keys"].push_back(reads["RequestItems"]["votes"]["Keys"][0]);
  EXPECT_EQ(error("BatchGetItem", reads),
            "ValidationException: Provided list of item keys contains duplicates");
}

TEST_F(BatchTest, LeavesKeysBeyondSixteenMegabytesUnprocessed) {
  for (int from = 0; from < 2; ++from) {
    auto writes = puts(25, 390 * 1024);
    for (auto& one : writes["RequestItems"]["votes"]) {
      auto& id = one["PutRequest"]["Item"]["id"]["S"];
      id = "k" + std::to_string(std::stoi(id.get<std::string>().substr(1)) + 25 * from);
    }
    call("BatchWriteItem", writes);
  }
  const auto answer = call("BatchGetItem", gets(50));
  const auto got = answer["Responses"]["votes"].size();
  EXPECT_EQ(got, 42U);
  EXPECT_EQ(answer["UnprocessedKeys"]["votes"]["Keys"].size(), 50 - got);
  EXPECT_EQ(answer["UnprocessedKeys"]["votes"]["Keys"][0]["id"]["S"], "k" + std::to_string(got));
}

TEST_F(BatchTest, ChecksWhatIsAsked) {
  EXPECT_EQ(error("BatchWriteItem", parsed(R"({"RequestItems":{"votes":[
                {"PutRequest":{"Item":{"other":{"S":"x"}}}}]}})")),
            "ValidationException: The provided key element does not match the schema");
  EXPECT_EQ(error("BatchWriteItem", parsed(R"({"RequestItems":{"others":[
                {"PutRequest":{"Item":{"id":{"S":"x"}}}}]}})")),
            "ResourceNotFoundException: Requested resource not found");
  EXPECT_EQ(error("BatchGetItem", parsed(R"({"RequestItems":{}})")),
            "ValidationException: 1 validation error detected: Value '{}' at 'requestItems' failed "
            "to satisfy constraint: Member must have length greater than or equal to 1");
}

}  // namespace
}  // namespace votemu::dynamodb
