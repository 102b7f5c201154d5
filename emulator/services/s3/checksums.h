// The checksums by which clients and S3 tell whether bytes arrived unharmed.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace votemu::s3 {

// A checksum algorithm as S3 offers it.
struct ChecksumAlgorithm {
  std::string_view name;    // "CRC32"
  std::string_view member;  // "ChecksumCRC32"
  std::string_view header;  // "x-amz-checksum-crc32"
  std::size_t size;         // of the raw digest
  std::string (*digest)(std::string_view bytes);
  // The digest of A followed by B from theirs; nullptr where nothing but the bytes tells.
  std::string (*combine)(std::string_view digest_a, std::string_view digest_b,
                         std::uint64_t size_b);
};

std::span<const ChecksumAlgorithm> checksum_algorithms();
// nullptr: there is none of that name.
const ChecksumAlgorithm* find_checksum_algorithm(std::string_view name);

}  // namespace votemu::s3
