#include "handlers/abi/json_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "handlers/abi/utf8.h"

namespace votemu::abi {
namespace {

constexpr std::ptrdiff_t chunk_bytes = 16;

// A text is written in pieces of about this size, beyond which a last chunk of nothing but escapes,
// and of what is copied with it, may go.
constexpr std::size_t piece_bytes = 1'024;
constexpr std::size_t longest_escape = 6;  // \u001f
using Piece = std::array<char, piece_bytes + 2 * longest_escape * chunk_bytes>;

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

// How far the text has been written.
struct Place {
  const char* from;  // where it goes on
  char* out;         // where the JSON does
};

inline bool is_ascii(char character) {
  return static_cast<unsigned char>(character) < 0x80;
}

inline bool is_plain_character(char c) {
  return is_ascii(c) && c >= 0x20 && c != '"' && c != '\\';
}

// A bit for each byte of the chunk that a JSON string does not hold as it is, the lowest for the
// first: quotes, backslashes, control characters, and what is not ASCII, which must be UTF-8.
#ifdef __SSE2__
unsigned special_in_chunk(const char* chunk) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(chunk));
  // Bytes from 0x80 on are negative here.
  const __m128i special = _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
                                       _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                                    _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
  return static_cast<unsigned>(_mm_movemask_epi8(special));
}
#else
unsigned special_in_chunk(const char* chunk) {
  unsigned special = 0;
  for (std::ptrdiff_t i = 0; i < chunk_bytes; ++i) {
    special |= (is_plain_character(chunk[i]) ? 0U : 1U) << i;
  }
  return special;
}
#endif

char* write(char* out, std::string_view text) {
  return std::copy(text.begin(), text.end(), out);
}

char* write_control(char* out, char character) {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::string_view characters = "\n\r\t\b\f";
  constexpr std::string_view letters = "nrtbf";
  *out++ = '\\';
  const auto found = characters.find(character);
  if (found != std::string_view::npos) {
    *out++ = letters[found];
    return out;
  }
  out = write(out, "u00");
  *out++ = digits[static_cast<unsigned char>(character) >> 4];
  *out++ = digits[static_cast<unsigned char>(character) & 15];
  return out;
}

// One character that is not ASCII, if it is well-formed, or else one byte.
Place write_sequence(Place place, const char* end) {
  const std::string_view rest(place.from, static_cast<std::size_t>(end - place.from));
  const std::size_t length = utf8_sequence(rest);
  return {place.from + std::max<std::size_t>(length, 1),
          write(place.out, length > 0 ? rest.substr(0, length) : replacement)};
}

// A control character or one that is not ASCII.
Place write_rare(Place place, const char* end) {
  if (is_ascii(*place.from)) return {place.from + 1, write_control(place.out, *place.from)};
  return write_sequence(place, end);
}

// The first 16 bytes, up to `end` when it is nearer, or up to a rare one and with it. 16 bytes more
// than are written must be there to read: what stands before a special byte is copied with what
// follows it, which is soon overwritten.
Place write_chunk(Place place, const char* end) {
  const char* const chunk = place.from;
  const char* const chunk_end = chunk + std::min(chunk_bytes, end - chunk);
  unsigned specials = special_in_chunk(chunk) & ~(~0U << (chunk_end - chunk));
  auto [from, out] = place;
  for (; specials != 0; specials &= specials - 1) {
    const char* const special = chunk + std::countr_zero(specials);
    std::memcpy(out, from, chunk_bytes);
    out += special - from;
    if (*special != '"' && *special != '\\') return write_rare({special, out}, end);
    *out++ = '\\';
    *out++ = *special;
    from = special + 1;
  }
  std::memcpy(out, from, chunk_bytes);
  return {chunk_end, out + (chunk_end - from)};
}

// All of [from, end) that has 16 bytes more behind it; returns where it stopped.
const char* append_pieces(std::string& json, const char* from, const char* end,
                          const char* readable) {
  Piece piece;
  const char* const enough = piece.data() + piece_bytes;
  while (from < end && readable - from >= 2 * chunk_bytes) {
    Place place{from, piece.data()};
    while (place.out < enough && place.from < end && readable - place.from >= 2 * chunk_bytes) {
      place = write_chunk(place, end);
    }
    json.append(piece.data(), static_cast<std::size_t>(place.out - piece.data()));
    from = place.from;
  }
  return from;
}

// Whether a JSON string holds the text as it is, as most names, ids and numbers are.
bool is_plain(std::string_view text) {
  constexpr auto chunk = static_cast<std::size_t>(chunk_bytes);
  constexpr std::size_t half = chunk / 2;
  if (text.size() < half) {
    for (const char c : text) {
      if (!is_plain_character(c)) return false;
    }
    return true;
  }
  const char* const end = text.data() + text.size();
  if (text.size() < chunk) {
    std::array<char, chunk> both_ends;
    std::memcpy(both_ends.data(), text.data(), half);
    std::memcpy(both_ends.data() + half, end - half, half);
    return special_in_chunk(both_ends.data()) == 0;
  }
  for (const char* from = text.data(); from < end - chunk; from += chunk) {
    if (special_in_chunk(from) != 0) return false;
  }
  return special_in_chunk(end - chunk) == 0;
}

void append_escaped(std::string& json, std::string_view text) {
  const char* const end = text.data() + text.size();
  const char* const rest = append_pieces(json, text.data(), end, end);
  std::array<char, 4 * chunk_bytes> last{};
  const char* const last_end = std::copy(rest, end, last.data());
  append_pieces(json, last.data(), last_end, last.data() + last.size());
}

}  // namespace

void append_quoted(std::string& json, std::string_view text) {
  json.push_back('"');
  if (is_plain(text)) {
    json.append(text);
  } else {
    append_escaped(json, text);
  }
  json.push_back('"');
}

void append_member(std::string& json, std::string_view name, std::string_view text) {
  json.append(",\"").append(name).append("\":");
  append_quoted(json, text);
}

}  // namespace votemu::abi
