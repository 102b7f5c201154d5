#include "app/function_code.h"

#include <gtest/gtest.h>

#include "handlers/abi/base64.h"
#include "tests/support/test_runtime.h"

namespace votemu::app {
namespace {

class FunctionCodeTest : public ::testing::Test {
 protected:
  FunctionCodeTest() {
    core::call(core_.store, lambda.operations(), "CreateFunction", {},
               {{"FunctionName", "f"},
                {"Runtime", "provided.al2023"},
                {"Role", "arn:aws:iam::000000000000:role/role"},
                {"Handler", "h"},
                {"Code", {{"ZipFile", abi::base64_encode("PK archive")}}}});
  }

  // The body, or "none".
  std::string answer(const std::string& target, const std::string& method = "GET") {
    const auto response = function_code(lambda, {method, target, {}, "", ""});
    return response ? response->body : "none";
  }

  test::TestRuntime core_;
  lambda::Service lambda{core_.runtime, {}, [](auto&&...) { return nullptr; }, [](auto&&...) {}};
};

TEST_F(FunctionCodeTest, IsWhereGetFunctionSays) {
  const auto code = core::call(core_.store, lambda.operations(), "GetFunction", {},
                               {{"FunctionName", "f"}})["Code"];
  const std::string location = code["Location"].get<std::string>();
  const std::string host = "http://localhost:4566";
  ASSERT_TRUE(location.starts_with(host));
  EXPECT_EQ(answer(location.substr(host.size())), "PK archive");
}

TEST_F(FunctionCodeTest, IsOnlyReadAndOnlyThere) {
  const std::string place = "/_votemu/lambda/code/000000000000/us-east-1/f";
  EXPECT_EQ(answer(place, "PUT"), "none");
  EXPECT_EQ(answer("/_votemu/lambda/code/000000000000/us-east-1/g"), "none");
  EXPECT_EQ(answer("/_votemu/lambda/code/000000000000/eu-west-1/f"), "none");
  EXPECT_EQ(answer("/_votemu/lambda/code/"), "none");
  EXPECT_EQ(answer("/_votemu/health"), "none");
}

}  // namespace
}  // namespace votemu::app
