#include "core/random.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace votemu::core {
namespace {

TEST(Random, MakesVersion4Uuids) {
  SeededRandom random(1);
  const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  std::set<std::string> seen;
  for (int i = 0; i < 200; ++i) {
    const auto uuid = random.uuid();
    EXPECT_TRUE(std::regex_match(uuid, form)) << uuid;
    seen.insert(uuid);
  }
  EXPECT_EQ(seen.size(), 200U);
}

TEST(Random, RepeatsItselfForASeed) {
  SeededRandom one(7), same(7), other(8);
  const auto uuid = one.uuid();
  EXPECT_EQ(uuid, same.uuid());
  EXPECT_NE(uuid, other.uuid());
  EXPECT_EQ(one.next(), same.next());
}

TEST(Random, StaysBelowItsBoundAndReachesAllOfIt) {
  SeededRandom random(1);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 200; ++i) seen.insert(random.below(5));
  EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, PicksAsManyCharactersOfAnAlphabetAsAsked) {
  SeededRandom random(1);
  EXPECT_EQ(random.pick("ab", 0), "");
  EXPECT_EQ(random.pick("x", 3), "xxx");
  EXPECT_TRUE(std::regex_match(random.hex(33), std::regex("[0-9a-f]{33}")));
  EXPECT_TRUE(std::regex_match(random.alphanumeric(50), std::regex("[a-z0-9]{50}")));
  EXPECT_TRUE(std::regex_match(random.upper_alphanumeric(50), std::regex("[A-Z0-9]{50}")));
}

TEST(SystemRandom, IsSeededAnewEachTime) {
  SystemRandom one, other;
  EXPECT_NE(one.uuid(), other.uuid());
}

}  // namespace
}  // namespace votemu::core
