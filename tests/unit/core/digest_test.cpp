#include "core/digest.h"

#include <gtest/gtest.h>

namespace votemu::core {
namespace {

TEST(Digest, GivesWhatTheStandardsSay) {
  EXPECT_EQ(hex(md5("")), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(hex(sha1("abc")), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Hex, WritesEveryByte) {
  EXPECT_EQ(hex(std::string_view("\x00\x0f\xf0\xff", 4)), "000ff0ff");
  EXPECT_EQ(hex(""), "");
}

}  // namespace
}  // namespace votemu::core
