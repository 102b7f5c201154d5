#include "services/sqs/md5.h"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "handlers/abi/base64.h"

namespace votemu::sqs {
namespace {

void append_sized(std::string& bytes, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(size >> shift & 0xFF));
  }
  bytes.append(text);
}

// What AWS calls the transport type.
constexpr char string_transport = 1;
constexpr char binary_transport = 2;

}  // namespace

std::string md5_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_md5(), nullptr) != 1) {
    throw std::runtime_error("MD5 is not available");
  }
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  hex.reserve(std::size_t{2} * size);
  for (unsigned int i = 0; i < size; ++i) {
    hex.push_back(digits[digest[i] >> 4]);
    hex.push_back(digits[digest[i] & 15]);
  }
  return hex;
}

std::string md5_of_attributes(const core::Json& attributes) {
  if (attributes.empty()) return {};
  std::string bytes;
  for (const auto& [name, attribute] : attributes.items()) {
    append_sized(bytes, name);
    append_sized(bytes, attribute.at("DataType").get_ref<const std::string&>());
    if (const auto text = attribute.find("StringValue"); text != attribute.end()) {
      bytes.push_back(string_transport);
      append_sized(bytes, text->get_ref<const std::string&>());
    } else {
      bytes.push_back(binary_transport);
      append_sized(bytes,
                   abi::base64_decode(attribute.at("BinaryValue").get_ref<const std::string&>()));
    }
  }
  return md5_hex(bytes);
}

}  // namespace votemu::sqs
