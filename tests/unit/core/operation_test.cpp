#include "core/operation.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "core/aws_error.h"

namespace votemu::core {
namespace {

struct OperationTest : testing::Test {
  Store store{{.data_directory = "", .durability = Durability::memory}};
  OperationTable operations{
      {"Put",
       [this](const RequestContext& context, const Json& request) {
         store.put("region", context.scope.region);
         return Json{{"echo", request}};
       }},
      {"Refuse",
       [this](const RequestContext&, const Json&) -> Json {
         store.put("region", "refused");
         store.put("another", "1");
         throw validation_error("no");
       }},
  };
};

TEST_F(OperationTest, AnswersAndKeepsItsChanges) {
  RequestContext context;
  context.scope.region = "eu-west-1";
  EXPECT_EQ(call(store, operations, "Put", context, {{"a", 1}}), Json({{"echo", {{"a", 1}}}}));
  EXPECT_EQ(store.get("region"), "eu-west-1");
}

TEST_F(OperationTest, TakesBackItsChangesWhenItThrows) {
  call(store, operations, "Put", {}, {});
  EXPECT_THROW(call(store, operations, "Refuse", {}, {}), AwsError);
  EXPECT_EQ(store.get("region"), "us-east-1");
  EXPECT_EQ(store.get("another"), std::nullopt);
}

TEST_F(OperationTest, MustExist) {
  EXPECT_THROW(call(store, operations, "Nothing", {}, {}), std::logic_error);
}

}  // namespace
}  // namespace votemu::core
