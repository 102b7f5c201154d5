// CreateTable, DescribeTable, UpdateTable, DeleteTable, ListTables and tags.
#include "tests/unit/dynamodb/fixture.h"

namespace votemu::dynamodb {
namespace {

class TableTest : public DynamoDbTest {
 protected:
  // A valid request for "crud" with single members replaced; null takes one away.
  static Json request(const std::string& changes = "{}") {
    auto json = parsed(R"({"TableName":"crud",
        "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
        "ProvisionedThroughput":{"ReadCapacityUnits":5,"WriteCapacityUnits":5}})");
    json.update(parsed(changes));
    return json;
  }

  std::string create_error(const std::string& changes) {
    return error("CreateTable", request(changes));
  }

  Json describe() { return call("DescribeTable", {{"TableName", "crud"}})["Table"]; }
};

TEST_F(TableTest, DescribesATableAsAwsDoes) {
  auto created = call("CreateTable", request())["TableDescription"];
  const auto id = created["TableId"];
  EXPECT_EQ(id.get<std::string>().size(), 36U);
  EXPECT_EQ(
      created,
      (Json{{"AttributeDefinitions", parsed(R"([{"AttributeName":"id","AttributeType":"S"}])")},
            {"CreationDateTime", 1'750'000'000.0},
            {"DeletionProtectionEnabled", false},
            {"ItemCount", 0},
            {"KeySchema", parsed(R"([{"AttributeName":"id","KeyType":"HASH"}])")},
            {"ProvisionedThroughput", parsed(R"({"NumberOfDecreasesToday":0,"ReadCapacityUnits":5,
                                       "WriteCapacityUnits":5})")},
            {"TableArn", "arn:aws:dynamodb:us-east-1:000000000000:table/crud"},
            {"TableId", id},
            {"TableName", "crud"},
            {"TableSizeBytes", 0},
            {"TableStatus", "CREATING"}}));
  created["TableStatus"] = "ACTIVE";
  created["WarmThroughput"] =
      parsed(R"({"ReadUnitsPerSecond":5,"Status":"ACTIVE","WriteUnitsPerSecond":5})");
  EXPECT_EQ(describe(), created);
}

TEST_F(TableTest, DescribesATablePaidPerRequest) {
  const auto created = call("CreateTable", request(R"({"BillingMode":"PAY_PER_REQUEST",
                                      "ProvisionedThroughput":null})"))["TableDescription"];
  EXPECT_EQ(created["BillingModeSummary"], parsed(R"({"BillingMode":"PAY_PER_REQUEST"})"));
  EXPECT_EQ(created["ProvisionedThroughput"]["ReadCapacityUnits"], 0);
  EXPECT_EQ(describe()["BillingModeSummary"]["LastUpdateToPayPerRequestDateTime"], 1'750'000'000.0);
  EXPECT_EQ(describe()["WarmThroughput"]["ReadUnitsPerSecond"], 12'000);
}

TEST_F(TableTest, DescribesItsStream) {
  const auto created = call("CreateTable", request(R"({"StreamSpecification":
      {"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"}})"))["TableDescription"];
  EXPECT_EQ(created["LatestStreamLabel"], "2025-06-15T15:06:40.000");
  EXPECT_EQ(created["LatestStreamArn"],
            "arn:aws:dynamodb:us-east-1:000000000000:table/crud/stream/2025-06-15T15:06:40.000");
  EXPECT_EQ(created["StreamSpecification"],
            parsed(R"({"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"})"));
}

TEST_F(TableTest, CountsItemsAcrossRestarts) {
  call("CreateTable", request());
  put("crud", R"({"id":{"S":"a"},"n":{"N":"1"}})");
  put("crud", R"({"id":{"S":"b"}})");
  EXPECT_EQ(describe()["ItemCount"], 2);
  EXPECT_EQ(describe()["TableSizeBytes"], 9);
  restart();
  EXPECT_EQ(describe()["ItemCount"], 2);
  call("DeleteItem", parsed(R"({"TableName":"crud","Key":{"id":{"S":"a"}}})"));
  EXPECT_EQ(describe()["ItemCount"], 1);
  EXPECT_EQ(describe()["TableSizeBytes"], 3);
}

TEST_F(TableTest, ATableExistsOnce) {
  call("CreateTable", request());
  EXPECT_EQ(create_error("{}"), "ResourceInUseException: Table already exists: crud");
}

TEST_F(TableTest, ChecksKeysAndBilling) {
  const std::string start = "ValidationException: One or more parameter values were invalid: ";
  EXPECT_EQ(
      create_error(R"({"BillingMode":"PAY_PER_REQUEST"})"),
      start +
          "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode "
          "is PAY_PER_REQUEST");
  EXPECT_EQ(create_error(R"({"ProvisionedThroughput":null})"),
            start +
                "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode "
                "is PROVISIONED");
  EXPECT_EQ(create_error(R"({"KeySchema":[{"AttributeName":"no","KeyType":"HASH"}]})"),
            start +
                "Some index key attributes are not defined in AttributeDefinitions. Keys: [no], "
                "AttributeDefinitions: [id]");
  EXPECT_EQ(create_error(R"({"AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},
                {"AttributeName":"x","AttributeType":"S"}]})"),
            start +
                "Number of attributes in KeySchema does not exactly match number of attributes "
                "defined in AttributeDefinitions");
  EXPECT_EQ(create_error(R"({"KeySchema":[{"AttributeName":"id","KeyType":"RANGE"}]})"),
            "ValidationException: Invalid KeySchema: The first KeySchemaElement is not a HASH key "
            "type");
  EXPECT_EQ(
      create_error(R"({"KeySchema":[{"AttributeName":"id","KeyType":"HASH"},
                {"AttributeName":"id","KeyType":"RANGE"}]})"),
      "ValidationException: Both the Hash Key and the Range Key element in the KeySchema have "
      "the same name");
  EXPECT_EQ(
      create_error(R"({"AttributeDefinitions":[{"AttributeName":"id","AttributeType":"X"}]})"),
      "ValidationException: 1 validation error detected: Value 'X' at "
      "'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member "
      "must satisfy enum value set: [B, N, S]");
  EXPECT_EQ(create_error(R"({"GlobalSecondaryIndexes":[{}]})"),
            start + "GlobalSecondaryIndexes is not supported");
  EXPECT_EQ(call("ListTables", Json::object())["TableNames"], Json::array());
}

TEST_F(TableTest, DeletesWithEverythingInIt) {
  call("CreateTable", request());
  put("crud", R"({"id":{"S":"a"}})");
  const auto deleted = call("DeleteTable", {{"TableName", "crud"}})["TableDescription"];
  EXPECT_EQ(deleted["TableStatus"], "DELETING");
  EXPECT_EQ(deleted["ItemCount"], 1);
  EXPECT_FALSE(deleted.contains("KeySchema"));
  call("CreateTable", request());
  EXPECT_TRUE(get("crud", R"({"id":{"S":"a"}})").is_null());
  EXPECT_EQ(error("DeleteTable", {{"TableName", "non-existent"}}),
            "ResourceNotFoundException: Requested resource not found: Table: non-existent not "
            "found");
}

TEST_F(TableTest, ProtectionForbidsDeleting) {
  call("CreateTable", request(R"({"DeletionProtectionEnabled":true})"));
  EXPECT_EQ(error("DeleteTable", {{"TableName", "crud"}}),
            "ValidationException: Resource cannot be deleted as it is currently protected against "
            "deletion. Disable deletion protection first.");
  call("UpdateTable", {{"TableName", "crud"}, {"DeletionProtectionEnabled", false}});
  EXPECT_EQ(error("DeleteTable", {{"TableName", "crud"}}), "");
}

TEST_F(TableTest, UpdatesBilling) {
  call("CreateTable", request());
  const auto update = [&](const std::string& text) {
    auto json = parsed(text);
    json["TableName"] = "crud";
    return json;
  };
  auto table = call("UpdateTable", update(R"({"BillingMode":"PAY_PER_REQUEST"})"));
  EXPECT_EQ(table["TableDescription"]["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST");
  table = call("UpdateTable", update(R"({"BillingMode":"PROVISIONED","ProvisionedThroughput":
                                         {"ReadCapacityUnits":7,"WriteCapacityUnits":8}})"));
  EXPECT_EQ(table["TableDescription"]["ProvisionedThroughput"]["WriteCapacityUnits"], 8);
  EXPECT_EQ(
      error("UpdateTable", update("{}")),
      "ValidationException: At least one of ProvisionedThroughput, BillingMode, "
      "UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates "
      "is required");
  EXPECT_NE(error("UpdateTable", update(R"({"ProvisionedThroughput":
                      {"ReadCapacityUnits":7,"WriteCapacityUnits":8}})")),
            "")
      << "nothing would change";
  restart();
  EXPECT_EQ(describe()["ProvisionedThroughput"]["ReadCapacityUnits"], 7);
}

TEST_F(TableTest, ListsByName) {
  for (const auto* name : {"ccc", "aaa", "bbb"}) {
    call("CreateTable", request(R"({"TableName":")" + std::string(name) + R"("})"));
  }
  EXPECT_EQ(call("ListTables", {{"Limit", 2}}),
            parsed(R"({"TableNames":["aaa","bbb"],"LastEvaluatedTableName":"bbb"})"));
  EXPECT_EQ(call("ListTables", {{"ExclusiveStartTableName", "bbb"}}),
            parsed(R"({"TableNames":["ccc"]})"));
}

TEST_F(TableTest, KeepsTags) {
  const auto arn =
      call("CreateTable",
           request(R"({"Tags":[{"Key":"a","Value":"1"}]})"))["TableDescription"]["TableArn"];
  call("TagResource", {{"ResourceArn", arn}, {"Tags", parsed(R"([{"Key":"b","Value":"2"}])")}});
  restart();
  EXPECT_EQ(call("ListTagsOfResource", {{"ResourceArn", arn}})["Tags"],
            parsed(R"([{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}])"));
  call("UntagResource", {{"ResourceArn", arn}, {"TagKeys", parsed(R"(["a"])")}});
  EXPECT_EQ(call("ListTagsOfResource", {{"ResourceArn", arn}})["Tags"].size(), 1U);
  EXPECT_EQ(error("ListTagsOfResource",
                  {{"ResourceArn", "arn:aws:dynamodb:us-east-1:000000000000:table/none"}}),
            "ResourceNotFoundException: Requested resource not found: ResourcArn: "
            "arn:aws:dynamodb:us-east-1:000000000000:table/none not found");
}

TEST_F(TableTest, TellsWhatIsOff) {
  call("CreateTable", request());
  EXPECT_EQ(call("DescribeTimeToLive", {{"TableName", "crud"}}),
            parsed(R"({"TimeToLiveDescription":{"TimeToLiveStatus":"DISABLED"}})"));
  EXPECT_EQ(
      call("DescribeContinuousBackups",
           {{"TableName", "crud"}})["ContinuousBackupsDescription"]["ContinuousBackupsStatus"],
      "ENABLED");
  EXPECT_EQ(call("DescribeEndpoints", Json::object())["Endpoints"][0]["Address"], "localhost:4566");
  EXPECT_TRUE(call("DescribeLimits", Json::object()).contains("TableMaxReadCapacityUnits"));
}

}  // namespace
}  // namespace votemu::dynamodb
