#include "core/staged_rows.h"

#include <gtest/gtest.h>

namespace votemu::core {
namespace {

TEST(StagedRows, KeepsTheLastWriteOfEachRow) {
  StagedRows rows;
  EXPECT_EQ(rows.find("a"), nullptr);
  rows.put("a", "1");
  rows.put("a", "2");
  rows.erase("b");
  EXPECT_EQ(rows.find("a")->value, "2");
  EXPECT_EQ(rows.find("b")->value, std::nullopt);
  EXPECT_FALSE(rows.find("b")->changes_nothing());
  EXPECT_EQ(rows.rows().size(), 2U);
}

TEST(StagedRows, ARowThatCameAndWentChangesNothing) {
  StagedRows rows;
  rows.put_new("a", "1");
  EXPECT_FALSE(rows.find("a")->changes_nothing());
  rows.put("a", "2");
  rows.erase("a");
  EXPECT_TRUE(rows.find("a")->changes_nothing());
  rows.put("a", "3");
  EXPECT_FALSE(rows.find("a")->changes_nothing());
}

TEST(StagedRows, RollingBackRestoresWhatWasStaged) {
  StagedRows rows;
  rows.put("a", "1");
  rows.put_new("b", "1");
  rows.set_savepoint();
  rows.put("a", "2");
  rows.erase("b");
  rows.put("c", "1");
  rows.set_savepoint();
  rows.put("a", "3");
  rows.put_new("d", "1");
  rows.rollback_to_savepoint();
  EXPECT_EQ(rows.find("a")->value, "2");
  EXPECT_EQ(rows.find("d"), nullptr);
  rows.rollback_to_savepoint();
  EXPECT_EQ(rows.find("a")->value, "1");
  EXPECT_EQ(rows.find("b")->value, "1");
  EXPECT_EQ(rows.find("c"), nullptr);
  rows.erase("b");
  EXPECT_TRUE(rows.find("b")->changes_nothing());
}

TEST(StagedRows, AnOuterSavepointTakesBackWhatAnInnerOneKept) {
  StagedRows rows;
  rows.set_savepoint();
  rows.set_savepoint();
  rows.put("a", "1");
  rows.pop_savepoint();
  EXPECT_EQ(rows.find("a")->value, "1");
  rows.rollback_to_savepoint();
  EXPECT_EQ(rows.find("a"), nullptr);
}

}  // namespace
}  // namespace votemu::core
