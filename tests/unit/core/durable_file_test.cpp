#include "core/durable_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <system_error>

#include "tests/support/temporary_directory.h"

namespace votemu::core {
namespace {

namespace fs = std::filesystem;

struct DurableFileTest : testing::Test {
  test::TemporaryDirectory directory;
  const std::string path = directory.path("file");

  fs::perms permissions() const { return fs::status(path).permissions(); }
};

TEST_F(DurableFileTest, ReplacesWhatWasThereAndLeavesNothingElse) {
  write_durably(path, "old", Readable::by_everyone);
  write_durably(path, "new", Readable::by_everyone);
  EXPECT_EQ(directory.files(), (std::map<std::string, std::string>{{path, "new"}}));
}

TEST_F(DurableFileTest, TakesTheDraftOfAStartThatWasCutShort) {
  test::write_file(path + ".new", "half");
  write_durably(path, "whole", Readable::by_owner);
  EXPECT_EQ(directory.files(), (std::map<std::string, std::string>{{path, "whole"}}));
}

TEST_F(DurableFileTest, IsReadByWhoMay) {
  write_durably(path, "x", Readable::by_owner);
  EXPECT_EQ(permissions(), fs::perms::owner_read | fs::perms::owner_write);
  write_durably(path, "x", Readable::by_everyone);
  EXPECT_NE(permissions() & fs::perms::others_read, fs::perms::none);
}

TEST_F(DurableFileTest, SaysWhyItCannotBeWritten) {
  try {
    write_durably(directory.path("missing/file"), "x", Readable::by_owner);
    FAIL();
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
  }
  EXPECT_THROW(sync_directory(directory.path("missing")), std::system_error);
}

}  // namespace
}  // namespace votemu::core
