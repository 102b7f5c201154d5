#include "core/store.h"

#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <vector>

#include "core/random.h"
#include "tests/support/temporary_directory.h"

namespace votemu::core {
namespace {

using Rows = std::vector<std::string>;

struct StoreTest : testing::Test {
  Store store{{.data_directory = "", .durability = Durability::memory}};

  static Rows keys(Store::Cursor cursor) {
    Rows found;
    for (; cursor.valid(); cursor.next()) found.emplace_back(cursor.key());
    return found;
  }
  void put_all(const Rows& rows) {
    for (const auto& key : rows) store.put(key, "of " + key);
  }
};

TEST_F(StoreTest, ReadsWhatTheTurnWroteBeforeTheCommit) {
  store.put("a", "1");
  EXPECT_EQ(store.get("a"), "1");
  store.put("a", "2");
  EXPECT_EQ(store.get("a"), "2");
  store.commit();
  store.erase("a");
  EXPECT_EQ(store.get("a"), std::nullopt);
  store.put("a", "");
  EXPECT_EQ(store.get("a"), "");
}

TEST_F(StoreTest, CountsCommitsThatWroteSomething) {
  store.commit();
  EXPECT_EQ(store.commit_count(), 0U);
  store.put("a", "1");
  store.commit();
  store.commit();
  EXPECT_EQ(store.commit_count(), 1U);
}

TEST_F(StoreTest, ScansTheRowsOfAPrefixInBothDirections) {
  put_all({"a", "b", "b1", "b2", "b\xff\xff", "c"});
  const Rows forward{"b", "b1", "b2", "b\xff\xff"};
  EXPECT_EQ(keys(store.scan("b")), forward);
  EXPECT_EQ(keys(store.scan_back("b")), Rows(forward.rbegin(), forward.rend()));
  EXPECT_EQ(keys(store.scan("")).size(), 6U);
  EXPECT_EQ(keys(store.scan_back("")).front(), "c");
  EXPECT_TRUE(keys(store.scan("bb")).empty());
  EXPECT_TRUE(keys(store.scan_back("bb")).empty());
}

TEST_F(StoreTest, ScansAPrefixThatEndsWithTheLastByte) {
  put_all({"a\xff",
           "a\xff"
           "1",
           "b", "\xff", "\xff\xff",
           "\xff\xff"
           "1"});
  EXPECT_EQ(keys(store.scan_back("a\xff")), (Rows{"a\xff"
                                                  "1",
                                                  "a\xff"}));
  EXPECT_EQ(keys(store.scan("\xff\xff")), (Rows{"\xff\xff",
                                                "\xff\xff"
                                                "1"}));
  EXPECT_EQ(keys(store.scan_back("\xff\xff")), (Rows{"\xff\xff"
                                                     "1",
                                                     "\xff\xff"}));
  EXPECT_EQ(keys(store.scan_back("\xff", "\xff\xff")), (Rows{"\xff\xff", "\xff"}));
}

TEST_F(StoreTest, BeginsAScanWhereItIsTold) {
  put_all({"a", "k1", "k3", "k5", "z"});
  EXPECT_EQ(keys(store.scan_from("k", "k2")), (Rows{"k3", "k5"}));
  EXPECT_EQ(keys(store.scan_from("k", "k3")), (Rows{"k3", "k5"}));
  EXPECT_EQ(keys(store.scan_from("k", "a")), (Rows{"k1", "k3", "k5"}));
  EXPECT_TRUE(keys(store.scan_from("k", "y")).empty());
  EXPECT_EQ(keys(store.scan_back("k", "k4")), (Rows{"k3", "k1"}));
  EXPECT_EQ(keys(store.scan_back("k", "k3")), (Rows{"k3", "k1"}));
  EXPECT_EQ(keys(store.scan_back("k", "y")), (Rows{"k5", "k3", "k1"}));
  EXPECT_TRUE(keys(store.scan_back("k", "b")).empty());
}

TEST_F(StoreTest, ScanBackLeavesOutTheRowBehindThePrefix) {
  put_all({"k1", "l"});
  EXPECT_EQ(keys(store.scan_back("k")), (Rows{"k1"}));
}

// Any mixture of committed rows, rows of this turn and erased rows reads as one ordered map does.
TEST_F(StoreTest, MergesTheTurnsChangesWithWhatIsCommitted) {
  SeededRandom random(1);
  std::map<std::string, std::string> model;
  for (int step = 0; step < 3'000; ++step) {
    const auto key = random.pick("ab\xff", 1 + random.below(3));
    if (random.below(3) == 0) {
      store.erase(key);
      model.erase(key);
    } else {
      model[key] = std::to_string(step);
      store.put(key, model[key]);
    }
    if (random.below(20) == 0) store.commit();
    if (random.below(10) != 0) continue;
    const auto prefix = random.pick("ab\xff", random.below(3));
    const auto from = random.pick("ab\xff", 1 + random.below(3));
    Rows ascending, onward, descending;
    for (const auto& [name, value] : model) {
      if (!name.starts_with(prefix)) continue;
      ascending.push_back(name);
      if (name >= from) onward.push_back(name);
      if (name <= from) descending.insert(descending.begin(), name);
    }
    ASSERT_EQ(keys(store.scan(prefix)), ascending) << step;
    ASSERT_EQ(keys(store.scan_from(prefix, from)), onward) << step;
    ASSERT_EQ(keys(store.scan_back(prefix)), Rows(ascending.rbegin(), ascending.rend())) << step;
    ASSERT_EQ(keys(store.scan_back(prefix, from)), descending) << step;
    for (auto row = store.scan(""); row.valid(); row.next()) {
      ASSERT_EQ(row.value(), model.at(std::string(row.key()))) << step;
    }
  }
}

TEST_F(StoreTest, ErasesAPrefix) {
  put_all({"a", "k1"});
  store.commit();
  put_all({"k", "k2", "l"});
  store.erase_prefix("k");
  EXPECT_EQ(keys(store.scan("")), (Rows{"a", "l"}));
  store.erase_prefix("nothing");
  store.commit();
  EXPECT_EQ(keys(store.scan("")), (Rows{"a", "l"}));
}

TEST_F(StoreTest, KeepsAChangeThatDoesNotThrow) {
  EXPECT_EQ(store.atomically([&] {
    store.put("a", "1");
    return 7;
  }),
            7);
  EXPECT_EQ(store.get("a"), "1");
}

TEST_F(StoreTest, TakesBackAChangeThatThrows) {
  put_all({"kept", "erased"});
  store.commit();
  store.put("earlier", "1");
  const auto change = [&] {
    store.put("kept", "changed");
    store.put("new", "1");
    store.put("earlier", "2");
    store.erase("erased");
    throw std::runtime_error("no");
  };
  EXPECT_THROW(store.atomically(change), std::runtime_error);
  EXPECT_EQ(keys(store.scan("")), (Rows{"earlier", "erased", "kept"}));
  EXPECT_EQ(store.get("kept"), "of kept");
  EXPECT_EQ(store.get("earlier"), "1");
  store.commit();
  EXPECT_EQ(store.get("earlier"), "1");
}

TEST_F(StoreTest, NestsChanges) {
  const auto refused = [&] {
    store.put("inner", "1");
    store.put("outer", "overwritten");
    throw std::runtime_error("no");
  };
  store.atomically([&] {
    store.put("outer", "1");
    EXPECT_THROW(store.atomically(refused), std::runtime_error);
    store.atomically([&] { store.put("second", "1"); });
  });
  EXPECT_EQ(store.get("outer"), "1");
  EXPECT_EQ(keys(store.scan("")), (Rows{"outer", "second"}));
}

TEST_F(StoreTest, TakesBackAnInnerChangeWithTheOuterOne) {
  const auto outer = [&] {
    store.atomically([&] { store.put("inner", "1"); });
    throw std::runtime_error("no");
  };
  EXPECT_THROW(store.atomically(outer), std::runtime_error);
  EXPECT_TRUE(keys(store.scan("")).empty());
  store.commit();
  EXPECT_EQ(store.commit_count(), 0U);
}

TEST_F(StoreTest, TheDatabaseDoesNotHearOfARowThatCameAndWent) {
  store.put_new("message", "1");
  store.put("message", "2");
  store.erase("message");
  store.commit();
  EXPECT_EQ(store.commit_count(), 0U);
  store.put_new("message", "1");
  store.commit();
  store.erase("message");
  store.commit();
  EXPECT_EQ(store.get("message"), std::nullopt);
  EXPECT_TRUE(keys(store.scan("")).empty());
}

// Random turns against a plain map: reads, scans both ways from random places, and rollbacks.
TEST_F(StoreTest, AgreesWithAMapOfTheSameRows) {
  SeededRandom random(7);
  const auto some_key = [&random] {
    std::string key;
    for (auto length = 1 + random.below(3); length > 0; --length) {
      key.push_back("ab\xff"[random.below(3)]);
    }
    return key;
  };
  std::map<std::string, std::string> model;
  const auto change = [&] {
    const std::string key = some_key();
    if (random.below(3) == 0) {
      store.erase(key);
      model.erase(key);
    } else {
      const std::string value = std::to_string(random.below(1000));
      model.contains(key) ? store.put(key, value) : store.put_new(key, value);
      model[key] = value;
    }
  };
  const auto expect_same = [&] {
    const std::string prefix = random.below(4) == 0 ? "" : some_key().substr(0, 1);
    const std::string from = some_key();
    Rows ascending;
    Rows descending;
    for (const auto& [key, value] : model) {
      EXPECT_EQ(store.get(key), value);
      if (!key.starts_with(prefix)) continue;
      if (key >= from) ascending.push_back(key);
      if (key <= from) descending.insert(descending.begin(), key);
    }
    EXPECT_EQ(keys(store.scan_from(prefix, from)), ascending);
    EXPECT_EQ(keys(store.scan_back(prefix, from)), descending);
  };
  for (int round = 0; round < 2'000; ++round) {
    change();
    if (random.below(4) == 0) {
      const auto before = model;
      const auto failing = [&] {
        for (auto changes = random.below(5); changes > 0; --changes) change();
        throw std::runtime_error("fails");
      };
      EXPECT_THROW(store.atomically(failing), std::runtime_error);
      model = before;
    }
    if (random.below(5) == 0) store.commit();
    expect_same();
  }
}

TEST(StoreOnDisk, KeepsWhatWasCommittedAndNothingElse) {
  for (const auto durability : {Durability::os, Durability::disk}) {
    const test::TemporaryDirectory directory;
    const StoreOptions options{directory.path("data"), durability};
    {
      Store store(options);
      store.put("committed", "1");
      store.commit();
      store.put("lost", "1");
    }
    {
      Store store(options);
      EXPECT_EQ(store.get("committed"), "1");
      EXPECT_EQ(store.get("lost"), std::nullopt);
      store.erase("committed");
      store.put("second", "2");
      store.commit();
      store.flush();
    }
    Store store(options);
    EXPECT_EQ(store.get("committed"), std::nullopt);
    EXPECT_EQ(store.get("second"), "2");
  }
}

TEST(StoreOnDisk, DoesNotGrowByBeingOpened) {
  const test::TemporaryDirectory directory;
  const StoreOptions options{directory.path("data"), Durability::os};
  {
    Store store(options);
    store.put("a", "1");
    store.commit();
  }
  for (int i = 0; i < 12; ++i) EXPECT_EQ(Store(options).get("a"), "1");
  EXPECT_LT(directory.files().size(), 15U);
}

// Some fifteen memtables' worth: RocksDB's threads write and merge tables behind the commits.
TEST(StoreOnDisk, IsTheSameWhileItsTablesAreWrittenAndMerged) {
  const test::TemporaryDirectory directory;
  const StoreOptions options{directory.path("data"), Durability::os};
  constexpr int row_count = 16;
  constexpr int round_count = 48;
  constexpr std::size_t row_bytes = std::size_t{64} << 10;
  const auto key = [](int row) { return "row" + std::to_string(100 + row); };
  const auto value_in = [](int round) { return std::string(row_bytes, static_cast<char>(round)); };
  {
    Store store(options);
    for (int round = 0; round < round_count; ++round) {
      const auto before = store.snapshot();
      for (int row = 0; row < row_count; ++row) store.put(key(row), value_in(round));
      store.erase(key(round % row_count));
      store.commit();
      const auto kept = key((round + 1) % row_count);
      EXPECT_EQ(store.get(kept), value_in(round));
      EXPECT_EQ(StoreTest::keys(store.scan("row")).size(), row_count - 1U);
      if (round > 0) {
        EXPECT_EQ(before->get(kept), value_in(round - 1));
      }
    }
  }
  const Store store(options);
  EXPECT_EQ(StoreTest::keys(store.scan("row")).size(), row_count - 1U);
  EXPECT_EQ(store.get(key(0)), value_in(round_count - 1));
}

TEST(StoreInMemory, WritesNothingAndForgetsAll) {
  const test::TemporaryDirectory directory;
  const StoreOptions options{directory.path("data"), Durability::memory};
  {
    Store store(options);
    store.put("a", "1");
    store.commit();
    store.flush();
    EXPECT_EQ(store.get("a"), "1");
  }
  EXPECT_TRUE(directory.files().empty());
  EXPECT_EQ(Store(options).get("a"), std::nullopt);
}

TEST_F(StoreTest, SnapshotsStayAsTheCommitLeftThem) {
  put_all({"a", "b"});
  store.commit();
  store.put("c", "not yet");
  const auto snapshot = store.snapshot();
  store.put("a", "changed");
  store.erase("b");
  store.commit();
  EXPECT_EQ(snapshot->get("a"), "of a");
  EXPECT_EQ(snapshot->get("b"), "of b");
  EXPECT_EQ(snapshot->get("c"), std::nullopt);
}

}  // namespace
}  // namespace votemu::core
