#include "app/api_call.h"

#include <gtest/gtest.h>

namespace votemu::app {
namespace {

TEST(ApiCallTest, SaysWhetherItCameOverTls) {
  wire::HttpRequest request{"GET", "/dev/votes?a=1", {{"Host", "h"}}, "", "127.0.0.1"};
  EXPECT_FALSE(api_call(request, "/votes", {}).tls);
  request.secure = true;
  const auto call = api_call(request, "/votes", {});
  EXPECT_TRUE(call.tls);
  EXPECT_EQ(call.path, "/votes");
  EXPECT_EQ(call.raw_query, "a=1");
}

}  // namespace
}  // namespace votemu::app
