// UpdateItem's request: read without a tree where it is plain, and as any other where it is not.
#include "services/dynamodb/update_request.h"

#include "tests/unit/dynamodb/fixture.h"

namespace votemu::dynamodb {
namespace {

std::string with(const std::string& members) {
  return R"({"TableName":"votes","Key":{"id":{"S":"a"}},"UpdateExpression":"SET b = :b")" +
         members + "}";
}

std::string refusal(const std::string& json) {
  try {
    update_request(json);
  } catch (const AwsError& error) {
    return error.code() + ": " + error.message();
  }
  return "";
}

TEST(UpdateRequestTest, ReadsPlainRequests) {
  const auto request = update_request(
      with(R"(,"ConditionExpression":"#c","ExpressionAttributeNames":{"#c":"c\u0064"},)"
           R"("ExpressionAttributeValues":{":b":{"N":"1.0"}},"ReturnValues":"ALL_NEW")"));
  EXPECT_EQ(request.table_name, "votes");
  EXPECT_EQ(request.key, (abi::Item{{"id", std::string("a")}}));
  EXPECT_EQ(request.options.return_values, ReturnValues::all_new);
  EXPECT_EQ(request.texts.update, "SET b = :b");
  EXPECT_EQ(request.texts.condition, "#c");
  EXPECT_EQ(request.texts.names, (expression::Names{{"#c", "cd"}}));
  EXPECT_EQ(request.texts.values, (abi::AttributeMap{{":b", abi::Number{"1"}}}));
  EXPECT_EQ(update_request(with("")).options.return_values, ReturnValues::none);
}

TEST(UpdateRequestTest, ReadsWhatIsUnusual) {
  EXPECT_EQ(update_request(with(R"(,"ConditionExpression":null)")).texts.condition, std::nullopt);
  EXPECT_EQ(update_request(with(R"(,"Unknown":[1,2])")).table_name, "votes");
  EXPECT_EQ(update_request(with(R"(,"ReturnConsumedCapacity":"TOTAL")")).options.capacity,
            CapacityDetail::total);
  EXPECT_EQ(update_request(with(R"(,"Key":{"id":{"S":"a"},"id":{"S":"b"}})")).key,
            (abi::Item{{"id", std::string("b")}}))
      << "the last one counts";
  const auto arn = "arn:aws:dynamodb:us-east-1:000000000000:table/votes";
  EXPECT_EQ(update_request(with(std::string(R"(,"TableName":")") + arn + "\"")).table_name,
            "votes");
  const std::string long_text(2 * std::size_t{64} << 10, 'x');
  EXPECT_EQ(update_request(with(R"(,"ConditionExpression":")" + long_text + "\"")).texts.condition,
            long_text);
}

TEST(UpdateRequestTest, SaysWhatIsWrong) {
  const std::string not_json = "SerializationException: Could not parse request body into json";
  EXPECT_EQ(refusal("{"), not_json);
  EXPECT_EQ(refusal(with("") + "x"), not_json);
  EXPECT_EQ(refusal("[]"),
            "SerializationException: Start of structure or map found where not expected.");
  EXPECT_EQ(refusal(""),
            "ValidationException: 1 validation error detected: Value null at 'tableName' failed to "
            "satisfy constraint: Member must not be null");
  EXPECT_EQ(refusal(with(R"(,"Key":{"id":{"NULL":false}})")),
            "ValidationException: One or more parameter values were invalid: Null attribute value "
            "types must have the value of true");
  EXPECT_EQ(refusal(with(R"(,"ExpressionAttributeValues":{":b":{}})")),
            "ValidationException: ExpressionAttributeValues contains invalid value: Supplied "
            "AttributeValue is empty, must contain exactly one of the supported datatypes for key "
            ":b");
  EXPECT_EQ(refusal(with(R"(,"UpdateExpression":7)")),
            "SerializationException: NUMBER_VALUE can not be converted to a String");
  EXPECT_NE(refusal(with(R"(,"ReturnValues":"SOME")")), "");
  EXPECT_NE(refusal(with(R"(,"AttributeUpdates":{})")), "");
}

}  // namespace
}  // namespace votemu::dynamodb
