#include "services/sqs/receipt_handle.h"

#include "core/aws_error.h"
#include "handlers/abi/base64.h"

namespace votemu::sqs {
namespace {

// In base64 "AQEB", as AWS's handles begin.
constexpr std::string_view mark = "\x01\x01\x01";
constexpr std::size_t message_id_size = 36;
constexpr std::size_t numbers_end = 3 + 8 + 8 + 4;
constexpr std::size_t size = numbers_end + message_id_size;
// Before anything is decoded.
constexpr std::size_t text_size = (size + 2) / 3 * 4;

void write(std::string& bytes, std::size_t offset, std::uint64_t number, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) {
    bytes[offset + i] = static_cast<char>(number >> (8 * (width - 1 - i)) & 0xFF);
  }
}

std::uint64_t take(std::string_view& bytes, std::size_t width) {
  std::uint64_t number = 0;
  for (const char byte : bytes.substr(0, width)) {
    number = number << 8 | static_cast<unsigned char>(byte);
  }
  bytes.remove_prefix(width);
  return number;
}

}  // namespace

std::string ReceiptHandle::text() const {
  std::string bytes(numbers_end, '\0');
  bytes.replace(0, mark.size(), mark);
  write(bytes, 3, queue_number, 8);
  write(bytes, 11, sequence, 8);
  write(bytes, 19, receive_count, 4);
  return abi::base64_encode(bytes.append(message_id));
}

std::optional<ReceiptHandle> ReceiptHandle::parse(std::string_view text) try {
  if (text.size() != text_size) return std::nullopt;
  const std::string bytes = abi::base64_decode(text);
  if (bytes.size() != size || !bytes.starts_with(mark)) return std::nullopt;
  std::string_view rest = std::string_view(bytes).substr(mark.size());
  ReceiptHandle handle;
  handle.queue_number = take(rest, 8);
  handle.sequence = take(rest, 8);
  handle.receive_count = static_cast<std::uint32_t>(take(rest, 4));
  handle.message_id = rest;
  return handle;
} catch (const core::AwsError&) {
  return std::nullopt;
}

}  // namespace votemu::sqs
