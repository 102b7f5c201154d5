#include "cloudformation/resources/zip_archive.h"

#include <gtest/gtest.h>

namespace votemu::cloudformation {
namespace {

TEST(ZipArchive, HoldsOneFileAsItIs) {
  const std::string archive = zip_archive("index.js", "exports.handler = 1;");
  constexpr std::size_t header_size = 30;
  EXPECT_EQ(archive.substr(0, 4), "PK\3\4");
  EXPECT_EQ(archive.substr(14, 4), "\xD6\x65\x55\xE8");  // CRC-32
  EXPECT_EQ(archive.substr(header_size, 28), "index.jsexports.handler = 1;");
  EXPECT_EQ(archive.substr(header_size + 28, 4), "PK\1\2");
  EXPECT_EQ(archive.substr(archive.size() - 22, 4), "PK\5\6");
}

TEST(ZipArchive, IsTheSameForTheSameContent) {
  EXPECT_EQ(zip_archive("a", "b"), zip_archive("a", "b"));
  EXPECT_NE(zip_archive("a", "b"), zip_archive("a", "c"));
}

}  // namespace
}  // namespace votemu::cloudformation
