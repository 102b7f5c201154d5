#include "certificates/own_certificate.h"

#include <gtest/gtest.h>

#include "certificates/authority.h"
#include "certificates/files.h"
#include "tests/support/temporary_directory.h"

namespace votemu::certificates {
namespace {

constexpr std::int64_t now_ms = 1'750'000'000'000;

struct OwnCertificateTest : testing::Test {
  test::TemporaryDirectory directory;
  Authority authority = Authority::in_memory(now_ms);
  core::TlsIdentity issued = authority.issue({"votes.example"}, now_ms);
  std::string certificate_file = directory.path("server.pem");
  std::string key_file = directory.path("server.key");

  std::string failure(const std::string& certificate, const std::string& key,
                      std::int64_t at_ms = now_ms) {
    test::write_file(certificate_file, certificate);
    test::write_file(key_file, key);
    try {
      read_own_certificate(certificate_file, key_file, at_ms);
    } catch (const CertificateError& error) {
      return error.what();
    }
    return "";
  }
};

TEST_F(OwnCertificateTest, MayBringItsChain) {
  const auto chain = issued.certificate_chain + authority.certificate();
  EXPECT_EQ(failure(chain, issued.private_key), "");
  EXPECT_EQ(read_own_certificate(certificate_file, key_file, now_ms).certificate_chain, chain);
}

TEST_F(OwnCertificateTest, TellsItsDnsNames) {
  const auto several = authority.issue({"a.test", "*.b.test", "10.0.0.1", "::1"}, now_ms);
  EXPECT_EQ(names_of_own_certificate(several.certificate_chain + authority.certificate()),
            (std::vector<std::string>{"a.test", "*.b.test"}));
  EXPECT_TRUE(names_of_own_certificate(authority.certificate()).empty());
  EXPECT_TRUE(names_of_own_certificate("").empty());
}

TEST_F(OwnCertificateTest, IsToldWhatIsWrongWithIt) {
  const auto& certificate = issued.certificate_chain;
  const auto other = authority.issue({"votes.example"}, now_ms);
  EXPECT_NE(failure("", issued.private_key).find("server.pem: holds no certificate"),
            std::string::npos);
  EXPECT_NE(failure(certificate, certificate).find("server.key: holds no unencrypted private key"),
            std::string::npos);
  EXPECT_NE(failure(certificate, other.private_key).find("server.key: is not the key"),
            std::string::npos);
  EXPECT_NE(failure(authority.certificate() + certificate, issued.private_key)
                .find("server.key: is not the key"),
            std::string::npos);
  EXPECT_NE(failure(certificate, issued.private_key, now_ms + (std::int64_t{1} << 36)),
            "");  // two years later
}

TEST_F(OwnCertificateTest, AKeyWithAPassphraseIsRefusedWithoutAsking) {
  const std::string encrypted =
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
      "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh\n-----END ENCRYPTED PRIVATE KEY-----\n";
  EXPECT_NE(failure(issued.certificate_chain, encrypted).find("unencrypted"), std::string::npos);
}

TEST_F(OwnCertificateTest, ThatIsMissingIsTold) {
  EXPECT_THROW(read_own_certificate(certificate_file, key_file, now_ms), CertificateError);
}

}  // namespace
}  // namespace votemu::certificates
