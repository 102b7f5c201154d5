#include "core/signing_key.h"

#include <gtest/gtest.h>

#include "core/hmac.h"
#include "tests/support/test_runtime.h"

namespace votemu::core {
namespace {

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text.push_back(digits[static_cast<unsigned char>(byte) >> 4]);
    text.push_back(digits[static_cast<unsigned char>(byte) & 15]);
  }
  return text;
}

// RFC 4231, test case 2.
TEST(Hmac, IsAsTheStandardSays) {
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(SigningKey, KnowsWhatItSigned) {
  test::TestRuntime t;
  const SigningKey key(t.store, t.random);
  const auto code = key.sign("purpose", "text");
  EXPECT_TRUE(key.verify("purpose", "text", code));
  EXPECT_FALSE(key.verify("purpose", "other text", code));
  EXPECT_FALSE(key.verify("other purpose", "text", code));
  EXPECT_FALSE(key.verify("purpose", "text", code.substr(1)));
}

TEST(SigningKey, IsTheSameAfterARestart) {
  test::TestRuntime t;
  const auto code = SigningKey(t.store, t.random).sign("purpose", "text");
  EXPECT_TRUE(SigningKey(t.store, t.random).verify("purpose", "text", code));
}

TEST(SigningKey, IsEachStoresOwn) {
  test::TestRuntime t;
  test::TestRuntime other;
  other.random.next();
  const auto code = SigningKey(t.store, t.random).sign("purpose", "text");
  EXPECT_FALSE(SigningKey(other.store, other.random).verify("purpose", "text", code));
}

}  // namespace
}  // namespace votemu::core
