#include "core/open_id_tokens.h"

#include <gtest/gtest.h>

#include "core/json.h"
#include "handlers/abi/base64.h"
#include "tests/support/test_runtime.h"

namespace votemu::core {
namespace {

OpenIdClaims guest() {
  return {
      "us-east-1:identity", "us-east-1:pool", {"unauthenticated"}, 1'750'000'000, 1'750'000'600};
}

struct OpenIdTokensTest : testing::Test {
  test::TestRuntime t;
  SigningKey key{t.store, t.random};
  OpenIdTokens tokens{key};
};

TEST_F(OpenIdTokensTest, VerifyToTheirClaims) {
  EXPECT_EQ(tokens.verify(tokens.issue(guest())), guest());
}

TEST_F(OpenIdTokensTest, AreJsonWebTokens) {
  const auto token = tokens.issue(guest());
  const auto first = token.find('.');
  std::string payload = token.substr(first + 1, token.rfind('.') - first - 1);
  EXPECT_EQ(token.find_first_of("+/="), std::string::npos);
  payload.append((4 - payload.size() % 4) % 4, '=');
  const Json claims = parse_json(abi::base64_decode(payload));
  EXPECT_EQ(claims["iss"], "https://cognito-identity.amazonaws.com");
  EXPECT_EQ(claims["sub"], "us-east-1:identity");
  EXPECT_EQ(claims["aud"], "us-east-1:pool");
  EXPECT_EQ(claims["amr"], Json::array({"unauthenticated"}));
  EXPECT_EQ(claims["exp"], 1'750'000'600);
}

TEST_F(OpenIdTokensTest, SurviveARestart) {
  const SigningKey reread(t.store, t.random);
  EXPECT_TRUE(OpenIdTokens(reread).verify(tokens.issue(guest())));
}

TEST_F(OpenIdTokensTest, OfAnotherStoreDoNotVerify) {
  test::TestRuntime other;
  other.random.next();
  const SigningKey other_key(other.store, other.random);
  EXPECT_FALSE(tokens.verify(OpenIdTokens(other_key).issue(guest())));
}

TEST_F(OpenIdTokensTest, DoNotVerifyWhenChanged) {
  const auto token = tokens.issue(guest());
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'Q' : 'A';
    // The signature's last character has bits that nothing depends on.
    if (i + 1 == token.size()) break;
    EXPECT_FALSE(tokens.verify(changed)) << i;
  }
}

TEST_F(OpenIdTokensTest, AreNotWhateverElseComes) {
  for (const std::string& token :
       {std::string(), std::string("."), std::string(".."), std::string("a.b.c"),
        std::string("a.b.c.d"), std::string(max_open_id_token_bytes + 1, 'a')}) {
    EXPECT_FALSE(tokens.verify(token));
  }
}

}  // namespace
}  // namespace votemu::core
