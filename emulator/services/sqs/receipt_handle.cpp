#include "services/sqs/receipt_handle.h"

#include "core/aws_error.h"
#include "handlers/abi/base64.h"

namespace votemu::sqs {
namespace {

// In base64 "AQEB", as AWS's handles begin.
constexpr std::string_view mark = "\x01\x01\x01";
constexpr std::size_t message_id_size = 36;
constexpr std::size_t size = 3 + 8 + 8 + 4 + message_id_size;
// Before anything is decoded.
constexpr std::size_t text_size = (size + 2) / 3 * 4;

void append(std::string& bytes, std::uint64_t number, int width) {
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>(number >> shift & 0xFF));
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
  std::string bytes(mark);
  append(bytes, queue_number, 8);
  append(bytes, sequence, 8);
  append(bytes, receive_count, 4);
  bytes += message_id;
  return abi::base64_encode(bytes);
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
