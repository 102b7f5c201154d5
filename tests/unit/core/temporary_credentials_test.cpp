#include "core/temporary_credentials.h"

#include <gtest/gtest.h>

#include <regex>

#include "core/access_key.h"
#include "handlers/abi/base64.h"
#include "tests/support/test_runtime.h"

namespace votemu::core {
namespace {

constexpr std::int64_t noon_ms = 1'750'000'000'000;

SessionClaims guest() {
  return {"111122223333", "arn:aws:iam::111122223333:role/guest", "AROAEXAMPLE:session", "session",
          WebIdentity{
              "cognito-identity.amazonaws.com", "us-east-1:1", "us-east-1:2", {"unauthenticated"}}};
}

struct TemporaryCredentialsTest : testing::Test {
  test::TestRuntime t;
  SigningKey key{t.store, t.random};
  CredentialIssuer issuer{key, t.random};
};

TEST_F(TemporaryCredentialsTest, LookLikeAwsOwn) {
  const auto issued = issuer.issue(guest(), noon_ms);
  EXPECT_TRUE(std::regex_match(issued.access_key_id, std::regex("ASIA[A-Z0-9]{16}")));
  EXPECT_TRUE(std::regex_match(issued.secret_access_key, std::regex("[A-Za-z0-9+/]{40}")));
  EXPECT_EQ(issued.expiration_ms, noon_ms);
  EXPECT_LT(issued.session_token.size(), max_session_token_bytes);
}

TEST_F(TemporaryCredentialsTest, OpenToTheirClaimsAndSecret) {
  const auto issued = issuer.issue(guest(), noon_ms);
  const auto session = issuer.open(issued.access_key_id, issued.session_token);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->claims, guest());
  EXPECT_EQ(session->secret_access_key, issued.secret_access_key);
  EXPECT_EQ(session->expiration_ms, noon_ms);
}

TEST_F(TemporaryCredentialsTest, MayBeAnAccountsOwn) {
  const SessionClaims claims{"111122223333", "", "", "", std::nullopt};
  const auto issued = issuer.issue(claims, noon_ms);
  EXPECT_EQ(issuer.open(issued.access_key_id, issued.session_token)->claims, claims);
}

TEST_F(TemporaryCredentialsTest, ExpireAtTheSecondTheySay) {
  const auto issued = issuer.issue(guest(), noon_ms + 999);
  const auto session = issuer.open(issued.access_key_id, issued.session_token);
  EXPECT_FALSE(session->expired_at(noon_ms - 1));
  EXPECT_TRUE(session->expired_at(noon_ms));
}

TEST_F(TemporaryCredentialsTest, AreIssuedOnceEach) {
  EXPECT_NE(issuer.issue(guest(), noon_ms).access_key_id,
            issuer.issue(guest(), noon_ms).access_key_id);
}

TEST_F(TemporaryCredentialsTest, SurviveARestart) {
  const auto issued = issuer.issue(guest(), noon_ms);
  const SigningKey reread(t.store, t.random);
  const CredentialIssuer restarted(reread, t.random);
  const auto session = restarted.open(issued.access_key_id, issued.session_token);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->secret_access_key, issued.secret_access_key);
}

TEST_F(TemporaryCredentialsTest, DoNotOpenWithAnotherAccessKey) {
  const auto issued = issuer.issue(guest(), noon_ms);
  const auto other = issuer.issue(guest(), noon_ms);
  EXPECT_FALSE(issuer.open(other.access_key_id, issued.session_token));
}

TEST_F(TemporaryCredentialsTest, DoNotOpenInAnotherStore) {
  test::TestRuntime other;
  other.random.next();
  const SigningKey other_key(other.store, other.random);
  const CredentialIssuer stranger(other_key, other.random);
  const auto issued = stranger.issue(guest(), noon_ms);
  EXPECT_FALSE(issuer.open(issued.access_key_id, issued.session_token));
}

TEST_F(TemporaryCredentialsTest, DoNotOpenWhenAnyByteWasChanged) {
  const auto issued = issuer.issue(guest(), noon_ms);
  const auto bytes = abi::base64_decode(issued.session_token);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(issuer.open(issued.access_key_id, abi::base64_encode(changed))) << i;
  }
}

TEST_F(TemporaryCredentialsTest, DoNotOpenFromAnythingElse) {
  for (const std::string& token :
       {std::string(), std::string("x"), std::string("not base64!"), std::string("AAAA"),
        std::string(44, 'A'), std::string(max_session_token_bytes + 4, 'A')}) {
    EXPECT_FALSE(issuer.open("ASIAEXAMPLE", token));
  }
}

TEST(AccessKey, TellsItsAccount) {
  test::TestRuntime t;
  for (const std::string account : {"000000000000", "111122223333", "999999999999"}) {
    const auto key = make_access_key(t.random, temporary_key_prefix, account);
    EXPECT_EQ(key.size(), 20U);
    EXPECT_EQ(account_of_access_key(key), account);
  }
}

// Of a key that AWS itself issued: the account's number stands at the same place.
TEST(AccessKey, IsReadAsAwsDoes) {
  EXPECT_EQ(account_of_access_key("ASIAQNZGKIQY56JQ7WML"), "029608264753");
}

TEST(AccessKey, OfAnotherFormTellsNothing) {
  for (const std::string key : {"", "test", "ASIA", "111122223333", "ASIA0000000000000000",
                                "ASIA777777777777777A", "XXIAQNZGKIQY56JQ7WML"}) {
    EXPECT_FALSE(account_of_access_key(key)) << key;
  }
}

}  // namespace
}  // namespace votemu::core
