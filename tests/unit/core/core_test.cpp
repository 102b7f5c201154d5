#include <gtest/gtest.h>


#include "core/wakeup.h"
#include "tests/support/test_runtime.h"
TEST(Smoke, Builds) {
  votemu::test::TestRuntime t;
  t.store.put("a","b");
  bool sent=false; t.turn.hold([&]{sent=true;});
  t.finish_turn();
  EXPECT_TRUE(sent); EXPECT_EQ(t.store.get("a"), "b");
}
