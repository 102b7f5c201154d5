#include "services/s3/checksums.h"

#include <algorithm>
#include <array>
#include <boost/crc.hpp>

#include "core/digest.h"

namespace votemu::s3 {
namespace {

template <class Value>
std::string big_endian(Value value) {
  std::string bytes(sizeof(Value), '\0');
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, value = Value(value >> 8)) {
    *byte = static_cast<char>(value & 0xFF);
  }
  return bytes;
}

template <class Value>
Value from_big_endian(std::string_view bytes) {
  Value value = 0;
  for (const char byte : bytes) value = Value(value << 8 | static_cast<unsigned char>(byte));
  return value;
}

// A CRC of reflected bits that begins with all ones and ends inverted, as all of S3's are.
template <class Value, Value Polynomial>
struct Crc {
  static constexpr int width = sizeof(Value) * 8;

  static std::string digest(std::string_view bytes) {
    boost::crc_optimal<width, Polynomial, static_cast<Value>(-1), static_cast<Value>(-1), true,
                       true>
        crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return big_endian(static_cast<Value>(crc.checksum()));
  }

  // A linear map of the register's bits, a column each.
  using Map = std::array<Value, width>;

  static Value apply(const Map& map, Value bits) {
    Value sum = 0;
    for (std::size_t i = 0; bits != 0; ++i, bits >>= 1) {
      if (bits & 1) sum ^= map[i];
    }
    return sum;
  }
  static Map squared(const Map& map) {
    Map square;
    for (std::size_t i = 0; i < width; ++i) square[i] = apply(map, map[i]);
    return square;
  }

  // What one bit of zero does to the register.
  static Map one_zero_bit() {
    Value reflected = 0;
    for (int i = 0; i < width; ++i) {
      if (Polynomial >> i & 1) reflected |= Value{1} << (width - 1 - i);
    }
    Map map{};
    map[0] = reflected;
    for (std::size_t i = 1; i < width; ++i) map[i] = Value{1} << (i - 1);
    return map;
  }

  // CRCs are linear: the first one is shifted over the zeros that the second's bytes stand for.
  static std::string combine(std::string_view digest_a, std::string_view digest_b,
                             std::uint64_t size_b) {
    auto sum = from_big_endian<Value>(digest_a);
    Map shift = squared(squared(squared(one_zero_bit())));
    for (; size_b != 0; size_b >>= 1, shift = squared(shift)) {
      if (size_b & 1) sum = apply(shift, sum);
    }
    return big_endian(static_cast<Value>(sum ^ from_big_endian<Value>(digest_b)));
  }
};

using Crc32 = Crc<std::uint32_t, 0x04C11DB7>;
using Crc32c = Crc<std::uint32_t, 0x1EDC6F41>;
using Crc64Nvme = Crc<std::uint64_t, 0xAD93D23594C93659>;

constexpr ChecksumAlgorithm algorithms[] = {
    {"CRC32", "ChecksumCRC32", "x-amz-checksum-crc32", 4, Crc32::digest, Crc32::combine},
    {"CRC32C", "ChecksumCRC32C", "x-amz-checksum-crc32c", 4, Crc32c::digest, Crc32c::combine},
    {"CRC64NVME", "ChecksumCRC64NVME", "x-amz-checksum-crc64nvme", 8, Crc64Nvme::digest,
     Crc64Nvme::combine},
    {"SHA1", "ChecksumSHA1", "x-amz-checksum-sha1", 20, core::sha1, nullptr},
    {"SHA256", "ChecksumSHA256", "x-amz-checksum-sha256", 32, core::sha256, nullptr},
};

}  // namespace

std::span<const ChecksumAlgorithm> checksum_algorithms() {
  return algorithms;
}

const ChecksumAlgorithm* find_checksum_algorithm(std::string_view name) {
  const auto* found = std::ranges::find(algorithms, name, &ChecksumAlgorithm::name);
  return found == std::end(algorithms) ? nullptr : found;
}

}  // namespace votemu::s3
