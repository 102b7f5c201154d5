#include "handlers/abi/base64.h"

#include <gtest/gtest.h>

#include "handlers/abi/aws_error.h"

namespace votemu::abi {
namespace {

TEST(Base64, IsPadded) {
  const std::pair<std::string, std::string> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64_encode(bytes), text);
    EXPECT_EQ(base64_decode(text), bytes);
  }
}

TEST(Base64, HoldsEveryByte) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
  EXPECT_EQ(base64_encode("\xfb\xff"), "+/8=");
}

TEST(Base64, IsRefusedWhenMalformed) {
  for (const auto* text : {"Z", "Zg", "Zg=", "Zm9v=", "====", "Z===", "Zg==Zg==", "Zh==", "Zm9=",
                           "Zm 9", "-_8=", "Zg=A", "Zm9v\n"}) {
    EXPECT_THROW(base64_decode(text), AwsError) << text;
  }
}

}  // namespace
}  // namespace votemu::abi
