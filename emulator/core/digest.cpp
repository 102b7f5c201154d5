#include "core/digest.h"

// OpenSSL 3 wants MD5 to be asked for through EVP.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/md5.h>

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

// Not through EVP, which would spend a third as much again on looking the algorithm up: every
// message's body has its MD5.
std::string md5(std::string_view bytes) {
  std::array<char, MD5_DIGEST_LENGTH> digest{};
  MD5(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
      reinterpret_cast<unsigned char*>(digest.data()));
  return {digest.data(), digest.size()};
}

std::string sha1(std::string_view bytes) {
  return digest_of(bytes, EVP_sha1());
}

std::string sha256(std::string_view bytes) {
  return digest_of(bytes, EVP_sha256());
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(bytes.size() * 2, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    text[2 * i] = digits[byte >> 4U];
    text[2 * i + 1] = digits[byte & 0xFU];
  }
  return text;
}

}  // namespace votemu::core
