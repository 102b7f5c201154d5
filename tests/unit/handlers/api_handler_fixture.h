// What the tests of the functions behind the API share.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/fake_context.h"

namespace votemu::vote {

using Json = nlohmann::json;

inline Json proxy_event(const std::string& method, const Json& body = nullptr,
                        bool is_base64 = false) {
  return {{"httpMethod", method}, {"body", body}, {"isBase64Encoded", is_base64}};
}

struct ApiHandlerTest : testing::Test {
  ApiHandlerTest() {
    context.variables = {{"DDB_TABLE_NAME", "votes"}, {"SQS_QUEUE_URL", "http://queue"}};
  }

  Json run(abi::Handler handler, const Json& event) {
    return Json::parse(test::invoke(handler, event.dump(), context));
  }

  static void expect_answer(const Json& answered, int status, const std::string& methods,
                            const Json& body) {
    EXPECT_EQ(answered["statusCode"], status);
    EXPECT_EQ(answered["headers"], Json({{"Access-Control-Allow-Headers", "Content-Type"},
                                         {"Access-Control-Allow-Origin", "*"},
                                         {"Access-Control-Allow-Methods", methods}}));
    EXPECT_EQ(Json::parse(answered["body"].get<std::string>()), body);
  }

  test::FakeContext context;
};

}  // namespace votemu::vote
