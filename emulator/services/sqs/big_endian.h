// Numbers as rows, keys and receipt handles have them: the highest byte first.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace votemu::sqs {

inline std::uint64_t swapped(std::uint64_t number) {
  return std::endian::native == std::endian::little ? __builtin_bswap64(number) : number;
}
inline std::uint32_t swapped(std::uint32_t number) {
  return std::endian::native == std::endian::little ? __builtin_bswap32(number) : number;
}

template <class Number>
void write_big_endian(char* bytes, Number number) {
  number = swapped(number);
  std::memcpy(bytes, &number, sizeof number);
}

template <class Number>
Number read_big_endian(const char* bytes) {
  Number number = 0;
  std::memcpy(&number, bytes, sizeof number);
  return swapped(number);
}

}  // namespace votemu::sqs
