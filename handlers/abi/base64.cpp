#include "handlers/abi/base64.h"

#include <array>
#include <cstdint>

#include "handlers/abi/aws_error.h"

namespace votemu::abi {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::uint8_t no_sextet = 64;

constexpr auto sextets = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_sextet);
  for (std::uint8_t i = 0; i < 64; ++i) values[static_cast<unsigned char>(alphabet[i])] = i;
  return values;
}();

std::uint32_t byte_at(std::string_view bytes, std::size_t index) {
  return static_cast<unsigned char>(bytes[index]);
}

AwsError malformed(const std::string& message) {
  return AwsError("SerializationException", message);
}

std::uint32_t sextet(char character) {
  return sextets[static_cast<unsigned char>(character)];
}

// The four characters of 24 bits.
void write_group(char* text, std::uint32_t group) {
  text[0] = alphabet[group >> 18];
  text[1] = alphabet[group >> 12 & 63];
  text[2] = alphabet[group >> 6 & 63];
  text[3] = alphabet[group & 63];
}

[[noreturn]] void refuse_group(const char* text) {
  while (sextet(*text) != no_sextet) ++text;
  throw malformed(std::string("Invalid Base64 character: '") + *text + "'");
}

// The other way round; `text` is not padded.
std::uint32_t read_group(const char* text) {
  const std::uint32_t a = sextet(text[0]);
  const std::uint32_t b = sextet(text[1]);
  const std::uint32_t c = sextet(text[2]);
  const std::uint32_t d = sextet(text[3]);
  if (((a | b | c | d) & no_sextet) != 0) refuse_group(text);
  return a << 18 | b << 12 | c << 6 | d;
}

void write_bytes(char* bytes, std::uint32_t group) {
  bytes[0] = static_cast<char>(group >> 16 & 0xFF);
  bytes[1] = static_cast<char>(group >> 8 & 0xFF);
  bytes[2] = static_cast<char>(group & 0xFF);
}

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4, '=');
  char* out = text.data();
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3, out += 4) {
    write_group(out, byte_at(bytes, i) << 16 | byte_at(bytes, i + 1) << 8 | byte_at(bytes, i + 2));
  }
  if (i == bytes.size()) return text;
  const bool two = i + 2 == bytes.size();
  write_group(out, byte_at(bytes, i) << 16 | (two ? byte_at(bytes, i + 1) << 8 : 0U));
  for (char* unused = out + (two ? 3 : 2); unused != out + 4; ++unused) *unused = '=';
  return text;
}

std::string base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) {
    throw malformed("Base64 encoded length is expected a multiple of 4 bytes but found: " +
                    std::to_string(text.size()));
  }
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;

  std::string bytes(text.size() / 4 * 3, '\0');
  char* out = bytes.data();
  const char* in = text.data();
  for (const char* end = in + text.size() - (padding > 0 ? 4 : 0); in != end; in += 4, out += 3) {
    write_bytes(out, read_group(in));
  }
  if (padding == 0) return bytes;
  const std::array last{in[0], in[1], padding == 1 ? in[2] : alphabet[0], alphabet[0]};
  const std::uint32_t group = read_group(last.data());
  if ((group & (padding == 1 ? 0xFFU : 0xFFFFU)) != 0) {
    throw malformed("Invalid last non-pad Base64 character dectected");
  }
  write_bytes(out, group);
  bytes.resize(bytes.size() - padding);
  return bytes;
}

}  // namespace votemu::abi
