#include "services/sqs/md5.h"

#include "core/digest.h"
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
  return core::hex(core::md5(bytes));
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
