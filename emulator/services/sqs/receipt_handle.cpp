#include "services/sqs/receipt_handle.h"

#include <algorithm>
#include <array>

#include "core/aws_error.h"
#include "handlers/abi/base64.h"
#include "services/sqs/big_endian.h"

namespace votemu::sqs {
namespace {

// In base64 "AQEB", as AWS's handles begin.
constexpr std::string_view mark = "\x01\x01\x01";
constexpr std::size_t message_id_size = 36;
constexpr std::size_t numbers_end = 3 + 8 + 8 + 4;
constexpr std::size_t size = numbers_end + message_id_size;
// Before anything is decoded.
constexpr std::size_t text_size = (size + 2) / 3 * 4;

}  // namespace

std::string ReceiptHandle::text() const {
  std::array<char, numbers_end> numbers{};
  std::ranges::copy(mark, numbers.begin());
  write_big_endian(&numbers[3], queue_number);
  write_big_endian(&numbers[11], sequence);
  write_big_endian(&numbers[19], receive_count);
  std::string bytes;
  bytes.reserve(size);
  bytes.append(numbers.data(), numbers.size()).append(message_id);
  return abi::base64_encode(bytes);
}

std::optional<ReceiptHandle> ReceiptHandle::parse(std::string_view text) try {
  if (text.size() != text_size) return std::nullopt;
  const std::string bytes = abi::base64_decode(text);
  if (bytes.size() != size || !bytes.starts_with(mark)) return std::nullopt;
  return ReceiptHandle{read_big_endian<std::uint64_t>(&bytes[3]),
                       read_big_endian<std::uint64_t>(&bytes[11]),
                       read_big_endian<std::uint32_t>(&bytes[19]), bytes.substr(numbers_end)};
} catch (const core::AwsError&) {
  return std::nullopt;
}

}  // namespace votemu::sqs
