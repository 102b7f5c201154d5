// PutItem, GetItem, UpdateItem, DeleteItem.
#include "handlers/abi/attribute_json.h"
#include "tests/unit/dynamodb/fixture.h"

namespace votemu::dynamodb {
namespace {

class ItemTest : public DynamoDbTest {
 protected:
  ItemTest() { create_votes(); }

  Json update(const std::string& text) {
    auto request = parsed(text);
    request["TableName"] = "votes";
    if (!request.contains("Key")) request["Key"]["id"]["S"] = "dog";
    return request;
  }
};

constexpr auto vote = R"({"UpdateExpression":
    "SET votes = if_not_exists(votes, :default_votes) + :value",
    "ExpressionAttributeValues":{":default_votes":{"N":"0"},":value":{"N":"1"}}})";

TEST_F(ItemTest, PutsAndGets) {
  put("votes", R"({"id":{"S":"dog"},"votes":{"N":"1.50"}})");
  EXPECT_EQ(get("votes", R"({"id":{"S":"dog"}})"),
            parsed(R"({"id":{"S":"dog"},"votes":{"N":"1.5"}})"));
  EXPECT_TRUE(get("votes", R"({"id":{"S":"cat"}})").is_null());
}

TEST_F(ItemTest, PutAnswersTheOldItemWhenAsked) {
  const auto request = parsed(R"({"TableName":"votes","ReturnValues":"ALL_OLD",
                                  "Item":{"id":{"S":"id1"},"data":{"S":"foobar"}}})");
  EXPECT_EQ(call("PutItem", request), Json::object());
  EXPECT_EQ(call("PutItem", request)["Attributes"], request["Item"]);
  auto none = request;
  none.erase("ReturnValues");
  EXPECT_EQ(call("PutItem", none), Json::object());
}

TEST_F(ItemTest, GetsAProjection) {
  put("votes", R"({"id":{"S":"dog"},"m":{"M":{"a":{"N":"1"},"b":{"N":"2"}}},"x":{"S":"y"}})");
  const auto answer = call("GetItem", parsed(R"({"TableName":"votes","Key":{"id":{"S":"dog"}},
      "ProjectionExpression":"#m.a","ExpressionAttributeNames":{"#m":"m"}})"));
  EXPECT_EQ(answer["Item"], parsed(R"({"m":{"M":{"a":{"N":"1"}}}})"));
}

TEST_F(ItemTest, CountsVotes) {
  for (int i = 0; i < 3; ++i) call("UpdateItem", update(vote));
  EXPECT_EQ(get("votes", R"({"id":{"S":"dog"}})"),
            parsed(R"({"id":{"S":"dog"},"votes":{"N":"3"}})"));
}

TEST_F(ItemTest, CountsVotesOfAHandlerInThisProcess) {
  abi::UpdateItemRequest request;
  request.table_name = "votes";
  request.key = {{"id", std::string("dog")}};
  request.update_expression = "SET votes = if_not_exists(votes, :d) + :v";
  request.expression_attribute_values = {{":d", abi::Number{"0"}}, {":v", abi::Number{"1.0"}}};
  service->update_item({}, request);
  service->update_item({}, request);
  const auto page = service->scan({}, {"votes", std::nullopt});
  ASSERT_EQ(page.items.size(), 1U);
  EXPECT_EQ(*page.items[0].find("votes")->second.get_if<abi::Number>(), abi::Number{"2"});
  EXPECT_FALSE(page.last_evaluated_key);

  request.condition_expression = "attribute_not_exists(id)";
  EXPECT_THROW(service->update_item({}, request), AwsError);
  request.condition_expression = "";
  request.table_name = "others";
  EXPECT_THROW(service->update_item({}, request), AwsError);
}

TEST_F(ItemTest, UpdateWithoutExpressionMakesTheItem) {
  call("UpdateItem", update("{}"));
  EXPECT_EQ(get("votes", R"({"id":{"S":"dog"}})"), parsed(R"({"id":{"S":"dog"}})"));
}

TEST_F(ItemTest, UpdateAnswersWhatIsAsked) {
  put("votes", R"({"id":{"S":"dog"},"a":{"N":"1"},"m":{"M":{"x":{"N":"1"},"y":{"N":"2"}}}})");
  const auto answer = [&](const std::string& values) {
    auto request = update(R"({"UpdateExpression":"SET a = a + :one, m.x = :one REMOVE gone",
                              "ExpressionAttributeValues":{":one":{"N":"1"}}})");
    request["ReturnValues"] = values;
    return call("UpdateItem", request).value("Attributes", Json());
  };
  EXPECT_TRUE(answer("NONE").is_null());
  EXPECT_EQ(answer("UPDATED_OLD"), parsed(R"({"a":{"N":"2"},"m":{"M":{"x":{"N":"1"}}}})"));
  EXPECT_EQ(answer("UPDATED_NEW"), parsed(R"({"a":{"N":"4"},"m":{"M":{"x":{"N":"1"}}}})"));
  EXPECT_EQ(answer("ALL_OLD")["a"]["N"], "4");
  EXPECT_EQ(answer("ALL_NEW"),
            parsed(R"({"id":{"S":"dog"},"a":{"N":"6"},"m":{"M":{"x":{"N":"1"},"y":{"N":"2"}}}})"));
}

TEST_F(ItemTest, UpdateMayNotTouchTheKey) {
  EXPECT_EQ(error("UpdateItem", update(R"({"UpdateExpression":"SET id = :x",
                                           "ExpressionAttributeValues":{":x":{"S":"x"}}})")),
            "ValidationException: One or more parameter values were invalid: Cannot update "
            "attribute id. This attribute is part of the key");
}

TEST_F(ItemTest, DeletesAndAnswersTheOldItem) {
  put("votes", R"({"id":{"S":"dog"},"a":{"N":"1"}})");
  const auto request =
      parsed(R"({"TableName":"votes","Key":{"id":{"S":"dog"}},"ReturnValues":"ALL_OLD"})");
  EXPECT_EQ(call("DeleteItem", request)["Attributes"]["a"]["N"], "1");
  EXPECT_EQ(call("DeleteItem", request), Json::object());
  EXPECT_TRUE(get("votes", R"({"id":{"S":"dog"}})").is_null());
}

TEST_F(ItemTest, ConditionsGuardEveryWrite) {
  const std::string failed = "ConditionalCheckFailedException: The conditional request failed";
  const auto guarded = [&](const std::string& operation, const std::string& condition) {
    Json request = {{"TableName", "votes"}, {"ConditionExpression", condition}};
    request[operation == "PutItem" ? "Item" : "Key"]["id"]["S"] = "dog";
    return error(operation, request);
  };
  EXPECT_EQ(guarded("PutItem", "attribute_exists(id)"), failed);
  EXPECT_EQ(guarded("UpdateItem", "attribute_exists(id)"), failed);
  EXPECT_EQ(guarded("DeleteItem", "attribute_exists(id)"), failed);
  EXPECT_TRUE(get("votes", R"({"id":{"S":"dog"}})").is_null());
  EXPECT_EQ(guarded("PutItem", "attribute_not_exists(id)"), "");
  EXPECT_EQ(guarded("PutItem", "attribute_not_exists(id)"), failed);
  EXPECT_EQ(guarded("DeleteItem", "attribute_exists(id)"), "");
}

TEST_F(ItemTest, AFailedConditionTellsTheItemWhenAsked) {
  put("votes", R"({"id":{"S":"456"},"price":{"N":"650"}})");
  auto request = parsed(R"({"TableName":"votes","Key":{"id":{"S":"456"}},
      "ConditionExpression":"price < :p","ExpressionAttributeValues":{":p":{"N":"1"}}})");
  error("DeleteItem", request);
  EXPECT_EQ(last_details, "");
  request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD";
  error("DeleteItem", request);
  EXPECT_EQ(parsed(last_details), parsed(R"({"Item":{"id":{"S":"456"},"price":{"N":"650"}}})"));
}

TEST_F(ItemTest, ChecksKeys) {
  const std::string mismatch =
      "ValidationException: The provided key element does not match the schema";
  const auto get_error = [&](const std::string& key) {
    return error("GetItem", {{"TableName", "votes"}, {"Key", parsed(key)}});
  };
  EXPECT_EQ(get_error("{}"), mismatch);
  EXPECT_EQ(get_error(R"({"id":{"N":"1"}})"), mismatch);
  EXPECT_EQ(get_error(R"({"other":{"S":"1"}})"), mismatch);
  EXPECT_EQ(get_error(R"({"id":{"S":"1"},"more":{"S":"1"}})"), mismatch);
  EXPECT_EQ(get_error(R"({"id":{"S":""}})"),
            "ValidationException: One or more parameter values are not valid. The AttributeValue "
            "for a key attribute cannot contain an empty string value. Key: id");
}

TEST_F(ItemTest, ChecksItems) {
  const auto put_error = [&](const Json& item) {
    return error("PutItem", {{"TableName", "votes"}, {"Item", item}});
  };
  EXPECT_EQ(put_error(parsed(R"({"a":{"S":"x"}})")),
            "ValidationException: One or more parameter values were invalid: Missing the key id in "
            "the item");
  EXPECT_EQ(put_error(parsed(R"({"id":{"N":"1"}})")),
            "ValidationException: One or more parameter values were invalid: Type mismatch for key "
            "id expected: S actual: N");
  auto item = parsed(R"({"id":{"S":"x"},"a":{"S":""}})");
  EXPECT_EQ(put_error(item), "") << "only key attributes may not be empty";
  item["a"]["S"] = std::string(400 * 1024 - 4, 'x');
  EXPECT_EQ(put_error(item), "");
  item["a"]["S"] = std::string(400 * 1024 - 3, 'x');
  EXPECT_EQ(put_error(item),
            "ValidationException: Item size has exceeded the maximum allowed size");
}

TEST_F(ItemTest, BoundsKeySizes) {
  const auto put_error = [&](std::size_t length) {
    Json request = {{"TableName", "votes"}};
    request["Item"]["id"]["S"] = std::string(length, 'x');
    return error("PutItem", request);
  };
  EXPECT_EQ(put_error(2048), "");
  EXPECT_EQ(put_error(2049),
            "ValidationException: One or more parameter values were invalid: Size of hashkey has "
            "exceeded the maximum size limit of2048 bytes");
}

TEST_F(ItemTest, BoundsWhatUpdatesMake) {
  auto request = update(R"({"UpdateExpression":"SET a = :a"})");
  request["ExpressionAttributeValues"][":a"]["S"] = std::string(400 * 1024, 'x');
  EXPECT_EQ(error("UpdateItem", request),
            "ValidationException: Item size to update has exceeded the maximum allowed size");
  auto deep = parsed(R"({"S":"x"})");
  for (int i = 0; i < abi::max_attribute_depth; ++i) deep = Json{{"M", {{"k", deep}}}};
  auto nest = update(R"({"UpdateExpression":"SET a.k = :a"})");
  call("UpdateItem", update(R"({"UpdateExpression":"SET a = :a",
                                "ExpressionAttributeValues":{":a":{"M":{}}}})"));
  nest["ExpressionAttributeValues"][":a"] = deep;
  EXPECT_EQ(error("UpdateItem", nest),
            "ValidationException: Nesting Levels have exceeded supported limits: Attributes in the "
            "item have nested levels beyond supported limit");
}

TEST_F(ItemTest, KeepsNumbersWithinTheirRange) {
  put("votes", R"({"id":{"S":"dog"},"votes":{"N":"9E125"}})");
  auto request = update(R"({"UpdateExpression":"ADD votes :v",
                            "ExpressionAttributeValues":{":v":{"N":"9E125"}}})");
  EXPECT_EQ(error("UpdateItem", request),
            "ValidationException: Number overflow. Attempting to store a number with magnitude "
            "larger than supported range");
}

TEST_F(ItemTest, TellsUnusedNamesAndValues) {
  EXPECT_EQ(error("UpdateItem", update(R"({"UpdateExpression":"SET a = :a",
                "ExpressionAttributeValues":{":a":{"N":"1"},":x":{"N":"1"}}})")),
            "ValidationException: Value provided in ExpressionAttributeValues unused in "
            "expressions: keys: {:x}");
  EXPECT_EQ(error("UpdateItem", update(R"({"ExpressionAttributeNames":{"#a":"a"}})")),
            "ValidationException: ExpressionAttributeNames can only be specified when using "
            "expressions");
  EXPECT_EQ(error("UpdateItem", update(R"({"UpdateExpression":"SET a = :a",
                "ExpressionAttributeValues":{":a":{"SS":[]}}})")),
            "ValidationException: ExpressionAttributeValues contains invalid value: One or more "
            "parameter values were invalid: An string set  may not be empty for key :a");
}

TEST_F(ItemTest, RefusesLegacyParametersPlainly) {
  EXPECT_EQ(error("UpdateItem", update(R"({"AttributeUpdates":{}})")),
            "ValidationException: The legacy parameter AttributeUpdates is not supported: use an "
            "expression");
}

TEST_F(ItemTest, ChecksNamesAndChoices) {
  const auto key = parsed(R"({"id":{"S":"x"}})");
  EXPECT_EQ(error("GetItem", {{"Key", key}}),
            "ValidationException: 1 validation error detected: Value null at 'tableName' failed to "
            "satisfy constraint: Member must not be null");
  EXPECT_EQ(
      error("GetItem", {{"TableName", "a b"}, {"Key", key}}),
      "ValidationException: 1 validation error detected: Value 'a b' at 'tableName' failed to "
      "satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
  EXPECT_EQ(error("GetItem", {{"TableName", "ab"}, {"Key", key}}),
            "ValidationException: 1 validation error detected: Value 'ab' at 'tableName' failed to "
            "satisfy constraint: Member must have length greater than or equal to 3");
  EXPECT_EQ(error("GetItem", {{"TableName", "others"}, {"Key", key}}),
            "ResourceNotFoundException: Requested resource not found");
  EXPECT_EQ(
      error("DeleteItem", {{"TableName", "votes"}, {"Key", key}, {"ReturnValues", "UPDATED_NEW"}}),
      "ValidationException: ReturnValues can only be ALL_OLD or NONE");
  EXPECT_EQ(
      error("DeleteItem", {{"TableName", "votes"}, {"Key", key}, {"ReturnValues", "ALL"}}),
      "ValidationException: 1 validation error detected: Value 'ALL' at 'returnValues' failed "
      "to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, "
      "ALL_OLD, NONE, UPDATED_NEW]");
}

TEST_F(ItemTest, TakesATableByItsArn) {
  put("arn:aws:dynamodb:us-east-1:000000000000:table/votes", R"({"id":{"S":"dog"}})");
  EXPECT_FALSE(get("votes", R"({"id":{"S":"dog"}})").is_null());
}

TEST_F(ItemTest, TellsConsumedCapacity) {
  Json request = {{"TableName", "votes"}, {"ReturnConsumedCapacity", "TOTAL"}};
  request["Item"]["id"]["S"] = "dog";
  request["Item"]["a"]["S"] = std::string(5000, 'x');
  EXPECT_EQ(call("PutItem", request)["ConsumedCapacity"],
            parsed(R"({"TableName":"votes","CapacityUnits":5.0})"));
  Json read = {{"TableName", "votes"}, {"ReturnConsumedCapacity", "INDEXES"}};
  read["Key"]["id"]["S"] = "dog";
  EXPECT_EQ(call("GetItem", read)["ConsumedCapacity"],
            parsed(R"({"TableName":"votes","CapacityUnits":1.0,"Table":{"CapacityUnits":1.0}})"));
  read["ConsistentRead"] = true;
  EXPECT_EQ(call("GetItem", read)["ConsumedCapacity"]["CapacityUnits"], 2.0);
}

TEST_F(ItemTest, SurvivesMalformedRequests) {
  for (const auto* text :
       {R"([])", R"("x")", R"(null)", R"({"TableName":5})", R"({"TableName":"votes","Key":[]})",
        R"({"TableName":"votes","Key":{"id":5}})", R"({"TableName":"votes","Item":{"id":null}})",
        R"({"TableName":"votes","Key":{"id":{"S":"x"}},"UpdateExpression":7})",
        R"({"TableName":"votes","Key":{"id":{"S":"x"}},"ExpressionAttributeNames":[1]})"}) {
    for (const auto* operation : {"PutItem", "UpdateItem", "DeleteItem", "GetItem", "Query", "Scan",
                                  "BatchGetItem", "BatchWriteItem", "CreateTable", "UpdateTable",
                                  "DescribeTable", "TagResource", "ListTables"}) {
      EXPECT_NO_THROW(error(operation, parsed(text))) << operation << " " << text;
    }
  }
}

TEST_F(ItemTest, SurvivesARestart) {
  put("votes", R"({"id":{"S":"dog"},"votes":{"N":"7"}})");
  restart();
  EXPECT_EQ(get("votes", R"({"id":{"S":"dog"}})")["votes"]["N"], "7");
}

TEST_F(ItemTest, KeepsScopesApart) {
  put("votes", R"({"id":{"S":"dog"}})");
  context.scope.region = "eu-west-1";
  EXPECT_EQ(error("GetItem", parsed(R"({"TableName":"votes","Key":{"id":{"S":"dog"}}})")),
            "ResourceNotFoundException: Requested resource not found");
  create_votes();
  EXPECT_TRUE(get("votes", R"({"id":{"S":"dog"}})").is_null());
}

}  // namespace
}  // namespace votemu::dynamodb
