#include "services/s3/checksums.h"

#include <gtest/gtest.h>

#include "core/digest.h"

namespace votemu::s3 {
namespace {

constexpr std::string_view nine = "123456789";

std::string checksum_hex(std::string_view algorithm, std::string_view bytes) {
  return core::hex(find_checksum_algorithm(algorithm)->digest(bytes));
}

// The check values of the catalogue of CRCs.
TEST(Checksums, GivesTheCrcsThatS3Offers) {
  EXPECT_EQ(checksum_hex("CRC32", nine), "cbf43926");
  EXPECT_EQ(checksum_hex("CRC32C", nine), "e3069283");
  EXPECT_EQ(checksum_hex("CRC64NVME", nine), "ae8b14860a799888");
}

TEST(Checksums, GivesTheHashesThatS3Offers) {
  EXPECT_EQ(checksum_hex("SHA1", "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(checksum_hex("SHA256", "abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Checksums, CombinesCrcsOfPieces) {
  for (const auto& algorithm : checksum_algorithms()) {
    if (!algorithm.combine) continue;
    for (std::size_t cut = 0; cut <= nine.size(); ++cut) {
      const auto a = algorithm.digest(nine.substr(0, cut));
      const auto b = algorithm.digest(nine.substr(cut));
      EXPECT_EQ(algorithm.combine(a, b, nine.size() - cut), algorithm.digest(nine))
          << algorithm.name << " cut at " << cut;
    }
  }
}

TEST(Checksums, KnowsNoOtherAlgorithm) {
  EXPECT_EQ(find_checksum_algorithm("MD5"), nullptr);
}

}  // namespace
}  // namespace votemu::s3
