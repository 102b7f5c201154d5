#include "core/store_log.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <tuple>
#include <vector>

#include "core/store.h"
#include "tests/support/temporary_directory.h"

namespace votemu::core {
namespace {

constexpr std::size_t page_bytes = 4096;
constexpr int small_commits = 20;
constexpr std::size_t large_row_bytes = 100'000;  // some blocks of the log

// The log of small commits and then a large one; where each ends.
struct StoreLogTest : testing::Test {
  test::TemporaryDirectory directory;
  const StoreOptions options{directory.path("data"), Durability::disk};
  std::string log_file;
  std::string log;
  std::vector<std::size_t> ends;

  StoreLogTest() {
    Store store(options);
    for (int i = 0; i < small_commits; ++i) commit(store, "small" + std::to_string(i), 500);
    commit(store, "large", large_row_bytes);
    log = test::read_file(log_file);
  }

  void commit(Store& store, const std::string& key, std::size_t bytes) {
    store.put(key, std::string(bytes, 'x'));
    store.commit();
    if (log_file.empty()) {
      for (const auto& entry : std::filesystem::directory_iterator(directory.path("data/store")))
        if (entry.path().extension() == ".log") log_file = entry.path();
    }
    ends.push_back(std::filesystem::file_size(log_file));
  }

  std::size_t last_commit() const { return ends[small_commits - 1]; }
  // As when the disk never wrote them.
  std::string without(std::size_t from, std::size_t bytes) const {
    auto lost = log;
    return lost.replace(from, bytes, bytes, '\0');
  }
  std::string opened(Durability durability, const std::string& with_log) const {
    test::write_file(log_file, with_log);
    try {
      Store store({options.data_directory, durability});
      const bool all = store.get("small" + std::to_string(small_commits - 1)).has_value();
      const bool large = store.get("large").has_value();
      return large ? "with all" : all ? "without the last commit" : "without many commits";
    } catch (const StoreError& error) {
      return error.what();
    }
  }
};

TEST_F(StoreLogTest, IsWholeWhereverItIsCutOff) {
  for (std::size_t size = 0; size <= log.size(); size += size < last_commit() ? 1 : 501)
    ASSERT_EQ(end_of_log(log.substr(0, size)), LogEnd::whole) << size;
  EXPECT_EQ(end_of_log(log), LogEnd::whole);
}

TEST_F(StoreLogTest, IsTornWhereverItsLastCommitMissesBytes) {
  for (auto at = last_commit(); at < log.size(); at += 997)
    ASSERT_EQ(end_of_log(without(at, std::min(page_bytes, log.size() - at))), LogEnd::torn) << at;
  EXPECT_EQ(end_of_log(without(last_commit(), log.size() - last_commit())), LogEnd::torn);
}

TEST_F(StoreLogTest, IsDamagedWhereAnEarlierCommitMissesBytes) {
  for (std::size_t at = 0; at + 100 < last_commit(); at += 97)
    ASSERT_EQ(end_of_log(without(at, 1 + at % 90)), LogEnd::damaged) << at;
}

TEST_F(StoreLogTest, TornOrDamagedTheStoreSaysSoOrTakesUpWhatStandsBefore) {
  const auto torn = without(last_commit() + page_bytes, page_bytes);
  const auto damaged = without(ends[2] + 100, 10);
  EXPECT_NE(opened(Durability::disk, damaged).find("Corruption"), std::string::npos);
  EXPECT_EQ(test::read_file(log_file), damaged);
  EXPECT_EQ(opened(Durability::disk, torn), "without the last commit");
}

// RocksDB begins a log and only then notes that it has taken up those before.
TEST_F(StoreLogTest, TornItIsTakenUpAgainByTheStartAfterOneThatDied) {
  const auto torn = without(last_commit() + page_bytes, page_bytes);
  test::write_file(log_file, torn);
  const auto before = directory.files();
  { const Store store(options); }
  std::string begun, begun_file;
  for (const auto& [path, content] : directory.files()) {
    if (path.ends_with(".log")) std::tie(begun_file, begun) = std::tie(path, content);
  }
  EXPECT_FALSE(has_commits(begun));
  EXPECT_FALSE(begun.empty());
  std::filesystem::remove_all(directory.path("data/store"));
  std::filesystem::create_directory(directory.path("data/store"));
  for (const auto& [path, content] : before) test::write_file(path, content);
  test::write_file(begun_file, begun);
  EXPECT_EQ(opened(Durability::disk, torn), "without the last commit");
}

TEST_F(StoreLogTest, WithoutFsyncItIsTakenUpAsItWasBeforeTheDamage) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(opened(Durability::os, without(ends[2] + 100, 10)), "without many commits");
  EXPECT_NE(testing::internal::GetCapturedStderr().find("the end of its log is damaged"),
            std::string::npos);
}

}  // namespace
}  // namespace votemu::core
