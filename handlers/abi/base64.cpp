#include "handlers/abi/base64.h"

#include <cstdint>

#include "handlers/abi/aws_error.h"

namespace votemu::abi {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::uint32_t byte_at(std::string_view bytes, std::size_t index) {
  return index < bytes.size() ? static_cast<unsigned char>(bytes[index]) : 0U;
}

AwsError malformed(const std::string& message) {
  return AwsError("SerializationException", message);
}

std::uint32_t sextet(char character) {
  const auto value = alphabet.find(character);
  if (value == std::string_view::npos) {
    throw malformed(std::string("Invalid Base64 character: '") + character + "'");
  }
  return static_cast<std::uint32_t>(value);
}

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::uint32_t group =
        byte_at(bytes, i) << 16 | byte_at(bytes, i + 1) << 8 | byte_at(bytes, i + 2);
    text.push_back(alphabet[group >> 18]);
    text.push_back(alphabet[group >> 12 & 63]);
    text.push_back(i + 1 < bytes.size() ? alphabet[group >> 6 & 63] : '=');
    text.push_back(i + 2 < bytes.size() ? alphabet[group & 63] : '=');
  }
  return text;
}

std::string base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) {
    throw malformed("Base64 encoded length is expected a multiple of 4 bytes but found: " +
                    std::to_string(text.size()));
  }
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;

  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    const std::size_t missing = i + 4 == text.size() ? padding : 0;
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 4; ++j) {
      group = group << 6 | (j < 4 - missing ? sextet(text[i + j]) : 0U);
    }
    const std::uint32_t unused = missing == 0 ? 0U : group & (missing == 1 ? 0xFFU : 0xFFFFU);
    if (unused != 0) throw malformed("Invalid last non-pad Base64 character dectected");
    bytes.push_back(static_cast<char>(group >> 16 & 0xFF));
    if (missing < 2) bytes.push_back(static_cast<char>(group >> 8 & 0xFF));
    if (missing < 1) bytes.push_back(static_cast<char>(group & 0xFF));
  }
  return bytes;
}

}  // namespace votemu::abi
