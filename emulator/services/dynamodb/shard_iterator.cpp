#include "services/dynamodb/shard_iterator.h"

#include "core/aws_error.h"
#include "handlers/abi/base64.h"
#include "services/dynamodb/stream.h"

namespace votemu::dynamodb {
namespace {

// As AWS writes them: the stream's ARN, a version and something opaque: here the moment of creation
// and the sequence number, both as sequence_text() writes numbers.
constexpr std::string_view version = "|1|";

core::AwsError invalid() {
  return core::validation_error("Invalid ShardIterator");
}

std::uint64_t number_in(std::string_view text) {
  const auto number = sequence_of(text);
  if (!number) throw invalid();
  return *number;
}

std::string opaque_part(const std::string& text, std::size_t begin) {
  try {
    return abi::base64_decode(std::string_view(text).substr(begin));
  } catch (const core::AwsError&) {
    throw invalid();
  }
}

}  // namespace

std::string iterator_text(const ShardIterator& iterator) {
  auto opaque = sequence_text(static_cast<std::uint64_t>(iterator.created_ms)) + ":";
  if (iterator.sequence) opaque += sequence_text(*iterator.sequence);
  return iterator.stream_arn + std::string(version) + abi::base64_encode(opaque);
}

ShardIterator iterator_of(const std::string& text) {
  const auto end = text.find(version);
  if (end == std::string::npos) throw invalid();
  const auto opaque = opaque_part(text, end + version.size());
  const auto colon = opaque.find(':');
  if (colon == std::string::npos) throw invalid();
  ShardIterator iterator;
  iterator.stream_arn = text.substr(0, end);
  iterator.created_ms =
      static_cast<std::int64_t>(number_in(std::string_view(opaque).substr(0, colon)));
  const auto sequence = std::string_view(opaque).substr(colon + 1);
  if (!sequence.empty()) iterator.sequence = number_in(sequence);
  return iterator;
}

}  // namespace votemu::dynamodb
