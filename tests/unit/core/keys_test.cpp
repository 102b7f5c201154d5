#include "core/keys.h"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <tuple>

#include "core/random.h"

namespace votemu::core {
namespace {

constexpr auto most = std::numeric_limits<std::uint64_t>::max();
constexpr Table table = Table::sqs_message;

// Short and of few bytes, those that the encoding itself uses among them: prefixes and ties abound.
std::string awkward_text(Random& random) {
  return random.pick(std::string_view("\0\x01\x02"
                                      "a\xfe\xff",
                                      6),
                     random.below(4));
}

std::uint64_t awkward_number(Random& random) {
  constexpr std::uint64_t edges[] = {0, 1, 255, 256, most - 1, most};
  return random.below(2) == 0 ? edges[random.below(6)] : random.next();
}

TEST(Key, SortsAsItsComponentsDo) {
  SeededRandom random(1);
  using Parts = std::tuple<std::string, std::uint64_t, std::string>;
  const auto draw = [&] {
    return Parts{awkward_text(random), awkward_number(random), awkward_text(random)};
  };
  const auto key_of = [](const Parts& parts) {
    const auto& [first, number, last] = parts;
    return Key(table).text(first).number(number).text(last).bytes();
  };
  for (int i = 0; i < 20'000; ++i) {
    const auto a = draw(), b = draw();
    ASSERT_EQ(a < b, key_of(a) < key_of(b)) << i;
    ASSERT_EQ(a == b, key_of(a) == key_of(b)) << i;
  }
}

TEST(Key, IsReadBackAsItWasBuilt) {
  SeededRandom random(2);
  for (int i = 0; i < 2'000; ++i) {
    const auto text = awkward_text(random), raw = awkward_text(random);
    const auto number = awkward_number(random);
    const Key key = Key(table).text(text).number(number).raw(raw);
    KeyReader reader(key);
    ASSERT_EQ(reader.text(), text);
    ASSERT_EQ(reader.number(), number);
    ASSERT_EQ(reader.rest(), raw);
  }
}

TEST(Key, OfATextIsNoPrefixOfALongerText) {
  const Key queue = Key(table).text("votes");
  EXPECT_FALSE(Key(table).text("votes-dlq").bytes().starts_with(queue.bytes()));
  EXPECT_FALSE(Key(table).text(std::string_view("votes\0", 6)).bytes().starts_with(queue.bytes()));
  EXPECT_TRUE(Key(table).text("votes").number(1).bytes().starts_with(queue.bytes()));
}

TEST(Key, BeginsWithItsTableAndScope) {
  const Key key(table, {"123456789012", "eu-west-1"});
  EXPECT_EQ(key.bytes()[0], static_cast<char>(table));
  KeyReader reader(key);
  EXPECT_EQ(reader.text(), "123456789012");
  EXPECT_EQ(reader.text(), "eu-west-1");
  EXPECT_TRUE(reader.rest().empty());
}

TEST(KeyReader, RefusesWhatIsNoSuchKey) {
  const auto read_text = [](std::string_view bytes) { return KeyReader(bytes).text(); };
  EXPECT_THROW(read_text(""), std::runtime_error);
  EXPECT_THROW(read_text("T"), std::runtime_error);
  EXPECT_THROW(read_text("Tabc"), std::runtime_error);
  EXPECT_THROW(read_text(std::string_view("Tabc\0", 5)), std::runtime_error);
  EXPECT_THROW(read_text(std::string_view("Ta\0\xff", 4)), std::runtime_error);
  EXPECT_THROW(read_text(std::string_view("Ta\0\x02"
                                          "b\0\x01",
                                          7)),
               std::runtime_error);
  EXPECT_THROW(KeyReader("T1234567").number(), std::runtime_error);
  EXPECT_EQ(KeyReader(std::string_view("T\0\0\0\0\0\0\0\7", 9)).number(), 7U);
}

}  // namespace
}  // namespace votemu::core
