// The innermost loop of writing JSON strings, sixteen bytes at a time where the processor can.
#pragma once

#include <bit>
#include <cstddef>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace votemu::abi {

// How far the loops below look at once.
inline constexpr std::size_t scan_bytes = 16;

// Whether a JSON string holds the byte as it is. Not so quotes, backslashes, control characters,
// and what is not ASCII, which must be UTF-8.
inline bool is_plain(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
}

#ifdef __SSE2__

// The number of plain bytes in front of the first that is not, of sixteen at `from`, which are
// copied to `to`.
inline std::size_t copy_plain_chunk(const char* from, char* to) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes);
  // Bytes from 0x80 on are negative here.
  const __m128i special = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
                                       _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                                    _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
  const auto mask = static_cast<unsigned>(_mm_movemask_epi8(special)) | 1U << scan_bytes;
  return static_cast<std::size_t>(std::countr_zero(mask));
}

#else

inline std::size_t copy_plain_chunk(const char* from, char* to) {
  std::memcpy(to, from, scan_bytes);
  std::size_t plain = 0;
  while (plain < scan_bytes && is_plain(from[plain])) ++plain;
  return plain;
}

#endif

// The number of plain bytes at the front of [from, end), at most scan_bytes, which are copied to
// `to`. There must be room for scan_bytes.
inline std::size_t copy_plain(const char* from, const char* end, char* to) {
  if (static_cast<std::size_t>(end - from) >= scan_bytes) return copy_plain_chunk(from, to);
  std::size_t plain = 0;
  for (; from + plain != end && is_plain(from[plain]); ++plain) to[plain] = from[plain];
  return plain;
}

}  // namespace votemu::abi
