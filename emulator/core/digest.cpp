#include "core/digest.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace votemu::core {
namespace {

std::string digest_of(std::string_view bytes, const EVP_MD* algorithm) {
  std::array<char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()), &size,
                 algorithm, nullptr) != 1) {
    throw std::runtime_error("a digest is not available");
  }
  return {digest.data(), size};
}

}  // namespace

std::string md5(std::string_view bytes) {
  return digest_of(bytes, EVP_md5());
}

std::string sha1(std::string_view bytes) {
  return digest_of(bytes, EVP_sha1());
}

std::string sha256(std::string_view bytes) {
  return digest_of(bytes, EVP_sha256());
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text.push_back(digits[byte >> 4U]);
    text.push_back(digits[byte & 0xFU]);
  }
  return text;
}

}  // namespace votemu::core
