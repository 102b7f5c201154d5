#include "certificates/authority.h"

#include <gtest/gtest.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include "certificates/files.h"
#include "certificates/limits.h"
#include "tests/support/temporary_directory.h"

namespace votemu::certificates {
namespace {

constexpr std::int64_t now_ms = 1'750'000'000'000;
constexpr std::int64_t year_ms = 365 * limits::day_ms;

struct AuthorityTest : testing::Test {
  test::TemporaryDirectory directory;

  Authority in_directory(std::int64_t at_ms = now_ms) {
    return Authority::in_directory(directory.path(), at_ms);
  }
  unsigned mode(const std::string& file) {
    struct stat status {};
    stat(directory.path(file).c_str(), &status);
    return status.st_mode & 0777;
  }
  std::string failure() {
    try {
      in_directory();
    } catch (const CertificateError& error) {
      return error.what();
    }
    return "";
  }
};

TEST_F(AuthorityTest, IsMadeOnceAndTakenUpLater) {
  const auto made = in_directory().certificate();
  EXPECT_EQ(test::read_file(directory.path("ca.pem")), made);
  EXPECT_EQ(in_directory(now_ms + year_ms).certificate(), made);
}

TEST_F(AuthorityTest, ItsKeyIsTheOwnersAlone) {
  in_directory();
  EXPECT_EQ(mode("ca.key"), 0600U);
  EXPECT_EQ(mode("ca.pem") & 0444U, 0444U);
  EXPECT_EQ(directory.files().size(), 2U);  // no draft is left
}

TEST_F(AuthorityTest, AKeyThatOthersCouldReadBecomesTheOwnersAgain) {
  in_directory();
  chmod(directory.path("ca.key").c_str(), 0644);
  in_directory();
  EXPECT_EQ(mode("ca.key"), 0600U);
}

TEST_F(AuthorityTest, TwoAreNotTakenForEachOther) {
  const auto subject = [](const Authority& authority) {
    const auto certificate = std::move(certificates_of(authority.certificate()).front());
    return std::to_string(
        X509_NAME_hash_ex(X509_get_subject_name(certificate.get()), nullptr, nullptr, nullptr));
  };
  EXPECT_NE(subject(Authority::in_memory(now_ms)), subject(Authority::in_memory(now_ms)));
}

TEST_F(AuthorityTest, IsReplacedBeforeItExpires) {
  const auto made = in_directory().certificate();
  EXPECT_EQ(in_directory(now_ms + 8 * year_ms).certificate(), made);
  const auto replaced = in_directory(now_ms + 9 * year_ms).certificate();
  EXPECT_NE(replaced, made);
  EXPECT_EQ(in_directory(now_ms + 9 * year_ms).certificate(), replaced);
}

TEST_F(AuthorityTest, AStartThatWasCutShortLeavesNothingToTrust) {
  in_directory();
  std::filesystem::remove(directory.path("ca.pem"));
  test::write_file(directory.path("ca.pem.new"), "half a certif");
  const auto made = in_directory().certificate();
  EXPECT_EQ(in_directory().certificate(), made);
}

TEST_F(AuthorityTest, WhatIsDamagedIsToldAndLeftAsItIs) {
  in_directory();
  const auto pem = test::read_file(directory.path("ca.pem"));
  for (const auto& wrong : {std::string(), std::string("nonsense"), pem.substr(0, pem.size() / 2),
                            pem.substr(0, 600) + "xyz" + pem.substr(603), pem + pem}) {
    test::write_file(directory.path("ca.pem"), wrong);
    EXPECT_NE(failure().find("ca.pem is damaged"), std::string::npos) << wrong;
    EXPECT_EQ(test::read_file(directory.path("ca.pem")), wrong);
  }
}

TEST_F(AuthorityTest, AnUnfitKeyIsTold) {
  in_directory();
  const auto key = directory.path("ca.key");
  test::write_file(key, "nonsense");
  EXPECT_NE(failure().find("ca.key is damaged"), std::string::npos);
  test::write_file(key,
                   to_pem(*key_of(Authority::in_memory(now_ms).issue({"a"}, now_ms).private_key)));
  EXPECT_NE(failure().find("ca.key is not the key of ca.pem"), std::string::npos);
  std::filesystem::remove(key);
  EXPECT_NE(failure().find("ca.key is missing"), std::string::npos);
}

TEST_F(AuthorityTest, WhatIsNoAuthorityIsTold) {
  in_directory();
  const auto leaf = Authority::in_memory(now_ms).issue({"a"}, now_ms);
  test::write_file(directory.path("ca.pem"), leaf.certificate_chain);
  EXPECT_NE(failure().find("ca.pem is not a CA's certificate"), std::string::npos);
}

TEST_F(AuthorityTest, AFileThatCannotBeReadIsTold) {
  std::filesystem::create_directory(directory.path("ca.pem"));
  EXPECT_NE(failure().find("ca.pem: cannot be read"), std::string::npos);
}

struct IssuedTest : testing::Test {
  Authority authority = Authority::in_memory(now_ms);
  Certificate root = std::move(certificates_of(authority.certificate()).front());

  Certificate issue(const std::vector<std::string>& names) {
    return std::move(certificates_of(authority.issue(names, now_ms).certificate_chain).front());
  }
  // As a client would verify it; X509_V_OK or why not.
  int verify(X509& certificate, std::int64_t at_ms) {
    const std::unique_ptr<X509_STORE, Release<X509_STORE_free>> store(X509_STORE_new());
    X509_STORE_add_cert(store.get(), root.get());
    const std::unique_ptr<X509_STORE_CTX, Release<X509_STORE_CTX_free>> context(
        X509_STORE_CTX_new());
    X509_STORE_CTX_init(context.get(), store.get(), &certificate, nullptr);
    X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
    X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_X509_STRICT);
    X509_STORE_CTX_set_time(context.get(), 0, at_ms / 1000);
    X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
  }
};

TEST_F(IssuedTest, PassesStrictChecksWhileItLasts) {
  const auto leaf = issue({"localhost"});
  EXPECT_EQ(verify(*leaf, now_ms), X509_V_OK);
  EXPECT_EQ(verify(*leaf, now_ms - limits::backdating_ms), X509_V_OK);
  EXPECT_EQ(verify(*leaf, now_ms + 2 * year_ms), X509_V_ERR_CERT_HAS_EXPIRED);
}

TEST_F(IssuedTest, LastsNoLongerThanBrowsersTake) {
  const auto leaf = issue({"localhost"});
  const auto begins = X509_get0_notBefore(leaf.get());
  int days = 0, seconds = 0;
  ASN1_TIME_diff(&days, &seconds, begins, X509_get0_notAfter(leaf.get()));
  EXPECT_LE(days, 397);
  EXPECT_LT(authority.issue({"a"}, now_ms).renew_at_ms, expiry_ms(*leaf));
}

TEST_F(IssuedTest, IsForItsNamesAndNoOthers) {
  const auto leaf = issue({"localhost", "*.execute-api.localhost", "my.host", "127.0.0.1", "::1"});
  for (const auto* name : {"localhost", "abc.execute-api.localhost", "my.host", "MY.HOST"}) {
    EXPECT_EQ(X509_check_host(leaf.get(), name, 0, 0, nullptr), 1) << name;
  }
  for (const auto* name : {"example.com", "a.b.execute-api.localhost", "x.my.host"}) {
    EXPECT_EQ(X509_check_host(leaf.get(), name, 0, 0, nullptr), 0) << name;
  }
  EXPECT_EQ(X509_check_ip_asc(leaf.get(), "127.0.0.1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(leaf.get(), "::1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(leaf.get(), "10.0.0.1", 0), 0);
}

TEST_F(IssuedTest, IsNotAnAuthorityItself) {
  const auto leaf = issue({"localhost"});
  EXPECT_EQ(X509_check_ca(leaf.get()), 0);
  EXPECT_EQ(X509_get_pathlen(root.get()), 0);
}

TEST_F(IssuedTest, HasASerialNumberOfItsOwn) {
  const auto one = issue({"localhost"});
  const auto other = issue({"localhost"});
  const auto* serial = X509_get0_serialNumber(one.get());
  EXPECT_NE(ASN1_INTEGER_cmp(serial, X509_get0_serialNumber(other.get())), 0);
  EXPECT_EQ(ASN1_STRING_length(serial), 16);
  EXPECT_EQ(ASN1_STRING_type(serial), V_ASN1_INTEGER);  // not the negative one
}

}  // namespace
}  // namespace votemu::certificates
