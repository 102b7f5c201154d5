#include "core/data_directory.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "core/store.h"
#include "tests/support/temporary_directory.h"

namespace votemu::core {
namespace {

namespace fs = std::filesystem;
using test::read_file;
using test::write_file;

struct DataDirectoryTest : testing::Test {
  test::TemporaryDirectory directory;
  StoreOptions options{directory.path("data"), Durability::disk};

  // A store of many rows, some in tables, some in the log.
  void fill() const {
    Store store(options);
    for (int i = 0; i < 500; ++i) store.put("flushed" + std::to_string(i), std::string(100, 'f'));
    store.commit();
    store.flush();
    for (int i = 0; i < 50; ++i) {
      store.put("logged" + std::to_string(i), std::string(100, 'l'));
      store.commit();
    }
  }

  // Opening says why it fails in one line that names the directory, and touches nothing.
  std::string refusal() const {
    const auto before = directory.files();
    std::string why;
    try {
      Store store(options);
    } catch (const StoreError& error) {
      why = error.what();
    }
    EXPECT_NE(why.find(options.data_directory), std::string::npos) << why;
    EXPECT_EQ(why.find('\n'), std::string::npos) << why;
    EXPECT_TRUE(directory.files() == before) << "files were changed: " << why;
    return why;
  }

  fs::path file_of_store(const std::function<bool(const fs::path&)>& wanted) const {
    fs::path largest;
    for (const auto& entry : fs::directory_iterator(directory.path("data/store"))) {
      const auto& path = entry.path();
      if (!wanted(path)) continue;
      if (largest.empty() || fs::file_size(path) > fs::file_size(largest)) largest = path;
    }
    EXPECT_FALSE(largest.empty());
    return largest;
  }

  // Flips a bit in each of many places, one at a time. (Not everywhere: a damaged length can look
  // like an end that was cut off, which a crash leaves behind and RocksDB tolerates.)
  void expect_refused_with_any_bit_flipped(const fs::path& path) const {
    const auto sound = read_file(path);
    for (std::size_t at = sound.size() / 20; at < sound.size(); at += 1 + sound.size() / 12) {
      auto damaged = sound;
      damaged[at] = static_cast<char>(damaged[at] ^ 1);
      write_file(path, damaged);
      ASSERT_NE(refusal(), "") << path << " at " << at << " of " << sound.size();
      write_file(path, sound);
    }
    Store store(options);
    EXPECT_TRUE(store.get("flushed499"));
    EXPECT_TRUE(store.get("logged49"));
  }
};

TEST_F(DataDirectoryTest, IsMadePrivateWithItsFormat) {
  const Store store({directory.path("a/b"), Durability::os});
  EXPECT_EQ(read_file(directory.path("a/b/format")), "2\n");
  EXPECT_EQ(fs::status(directory.path("a/b")).permissions(), fs::perms::owner_all);
}

TEST_F(DataDirectoryTest, IsInUseWhileAnotherStoreHasIt) {
  {
    Store first(options);
    first.put("a", "1");
    first.commit();
    EXPECT_NE(refusal().find("is in use"), std::string::npos);
    EXPECT_EQ(first.get("a"), "1");
  }
  EXPECT_EQ(Store(options).get("a"), "1");
}

TEST_F(DataDirectoryTest, CannotStandUnderAFile) {
  write_file(directory.path("file"), "x");
  options.data_directory = directory.path("file/data");
  EXPECT_NE(refusal().find("cannot be created"), std::string::npos);
  options.data_directory = directory.path("file");
  EXPECT_NE(refusal(), "");
}

TEST_F(DataDirectoryTest, OfANewerFormatIsRefused) {
  fill();
  write_file(directory.path("data/format"), "3\n");
  EXPECT_NE(refusal().find("newer votemu (format 3"), std::string::npos);
}

TEST_F(DataDirectoryTest, OfAnOlderFormatIsTakenUp) {
  fill();
  const auto format = directory.path("data/format");
  write_file(format, "1\n");
  EXPECT_EQ(Store(options).get("flushed0"), std::string(100, 'f'));
  EXPECT_EQ(read_file(format), "2\n");
}

TEST_F(DataDirectoryTest, WithACorruptFormatIsRefused) {
  fill();
  for (const auto* content :
       {"", "\n", "x", "0\n", "-1\n", "1x\n", "1 2\n", "99999999999999999\n"}) {
    write_file(directory.path("data/format"), content);
    EXPECT_NE(refusal().find("`format` file is corrupt"), std::string::npos) << content;
  }
  fs::remove(directory.path("data/format"));
  EXPECT_NE(refusal().find("no readable `format`"), std::string::npos);
}

TEST_F(DataDirectoryTest, WithADamagedManifestIsRefused) {
  fill();
  expect_refused_with_any_bit_flipped(file_of_store(
      [](const fs::path& path) { return path.filename().string().starts_with("MANIFEST"); }));
}

TEST_F(DataDirectoryTest, WithADamagedLogIsRefused) {
  fill();
  expect_refused_with_any_bit_flipped(
      file_of_store([](const fs::path& path) { return path.extension() == ".log"; }));
}

TEST_F(DataDirectoryTest, WithADamagedTableIsRefused) {
  fill();
  expect_refused_with_any_bit_flipped(
      file_of_store([](const fs::path& path) { return path.extension() == ".sst"; }));
}

TEST_F(DataDirectoryTest, WithoutATableIsRefused) {
  fill();
  fs::remove(file_of_store([](const fs::path& path) { return path.extension() == ".sst"; }));
  refusal();
}

TEST_F(DataDirectoryTest, WithADamagedCurrentFileIsRefused) {
  fill();
  for (const auto* content : {"", "nonsense\n", "MANIFEST-999999\n", "MANIFEST-000001"}) {
    write_file(directory.path("data/store/CURRENT"), content);
    EXPECT_NE(refusal(), "") << content;
  }
}

// A log whose end was cut off is what a crash leaves behind: what was acknowledged is before it.
TEST_F(DataDirectoryTest, WithACutOffLogIsOpened) {
  fill();
  const auto log = file_of_store([](const fs::path& path) { return path.extension() == ".log"; });
  fs::resize_file(log, fs::file_size(log) - 5);
  Store store(options);
  EXPECT_TRUE(store.get("logged48"));
  EXPECT_FALSE(store.get("logged49"));
}

TEST_F(DataDirectoryTest, WhatIsKeptIsItsOwnersAlone) {
  const auto mode = [](const fs::path& path) { return fs::status(path).permissions(); };
  const auto of_all = fs::perms::owner_all | fs::perms::group_all | fs::perms::others_all;
  { Store store(options); }
  EXPECT_EQ(mode(directory.path("data")), fs::perms::owner_all);
  EXPECT_EQ(mode(directory.path("data/store")), fs::perms::owner_all);
  fs::permissions(directory.path("data"), of_all);
  fs::permissions(directory.path("data/store"), of_all);
  { Store store(options); }
  EXPECT_EQ(mode(directory.path("data")), of_all);
  EXPECT_EQ(mode(directory.path("data/store")), fs::perms::owner_all);
}

}  // namespace
}  // namespace votemu::core
