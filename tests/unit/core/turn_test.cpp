#include "core/turn.h"

#include <gtest/gtest.h>

#include <vector>

namespace votemu::core {
namespace {

struct TurnTest : testing::Test {
  Store store{{.data_directory = "", .durability = Durability::memory}};
  Turn turn{store};
  std::vector<int> ran;

  std::function<void()> note(int what) {
    return [this, what] { ran.push_back(what); };
  }
};

using Order = std::vector<int>;

TEST_F(TurnTest, IsIdleUntilSomethingIsDeferredOrHeld) {
  EXPECT_TRUE(turn.idle());
  turn.defer([] {});
  EXPECT_FALSE(turn.idle());
  EXPECT_FALSE(turn.finish());
  turn.hold([] {});
  EXPECT_FALSE(turn.idle());
  EXPECT_FALSE(turn.finish());
  EXPECT_TRUE(turn.idle());
}

TEST_F(TurnTest, RunsDeferredWorkInOrder) {
  for (int i = 0; i < 4; ++i) turn.defer(note(i));
  EXPECT_FALSE(turn.finish());
  EXPECT_EQ(ran, (Order{0, 1, 2, 3}));
}

TEST_F(TurnTest, RunsWorkThatDeferredWorkDefersInTheSameTurn) {
  turn.defer([this] {
    ran.push_back(1);
    turn.defer(note(3));
  });
  turn.defer(note(2));
  EXPECT_FALSE(turn.finish());
  EXPECT_EQ(ran, (Order{1, 2, 3}));
}

TEST_F(TurnTest, CarriesOverWhatDoesNotFitItsBound) {
  const int work = static_cast<int>(Turn::max_deferred) + 3;
  for (int i = 0; i < work; ++i) turn.defer(note(i));
  EXPECT_TRUE(turn.finish());
  EXPECT_EQ(ran.size(), Turn::max_deferred);
  EXPECT_FALSE(turn.finish());
  EXPECT_EQ(ran.size(), Turn::max_deferred + 3);
  EXPECT_EQ(ran.back(), work - 1);
}

TEST_F(TurnTest, LetsOutputsOutAfterTheCommitOfDeferredWork) {
  turn.hold([this] {
    EXPECT_EQ(store.commit_count(), 1U);
    EXPECT_EQ(store.get("key"), "deferred");
    ran.push_back(2);
  });
  turn.defer([this] {
    EXPECT_EQ(store.commit_count(), 0U);
    store.put("key", "deferred");
    ran.push_back(1);
  });
  turn.finish();
  EXPECT_EQ(ran, (Order{1, 2}));
}

TEST_F(TurnTest, LetsOutputsOutInOrder) {
  for (int i = 0; i < 3; ++i) turn.hold(note(i));
  turn.finish();
  EXPECT_EQ(ran, (Order{0, 1, 2}));
}

TEST_F(TurnTest, KeepsWhatAnOutputHoldsForTheNextCommit) {
  turn.hold([this] {
    ran.push_back(1);
    turn.hold(note(2));
  });
  EXPECT_TRUE(turn.finish());
  EXPECT_EQ(ran, (Order{1}));
  EXPECT_FALSE(turn.finish());
  EXPECT_EQ(ran, (Order{1, 2}));
}

TEST_F(TurnTest, KeepsWhatAnOutputDefersForTheNextTurn) {
  turn.hold([this] { turn.defer(note(1)); });
  EXPECT_TRUE(turn.finish());
  EXPECT_TRUE(ran.empty());
  EXPECT_FALSE(turn.finish());
  EXPECT_EQ(ran, (Order{1}));
}

TEST_F(TurnTest, CommitsATurnsChangesAtOnceAndNothingWhenThereAreNone) {
  store.put("a", "1");
  store.put("b", "2");
  turn.finish();
  EXPECT_EQ(store.commit_count(), 1U);
  turn.finish();
  EXPECT_EQ(store.commit_count(), 1U);
}

}  // namespace
}  // namespace votemu::core
