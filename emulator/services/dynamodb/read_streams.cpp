// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
#include "services/dynamodb/limits.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/request.h"
#include "services/dynamodb/shard_iterator.h"
#include "services/dynamodb/stream_request.h"

namespace votemu::dynamodb {
namespace {

core::AwsError trimmed() {
  return core::AwsError(
      "TrimmedDataAccessException",
      "The operation attempted to read past the oldest stream record in a shard.");
}

std::uint64_t sequence_member(const Json& request, const std::string& type) {
  const auto text = core::string_member(request, "SequenceNumber");
  if (!text) {
    throw core::validation_error(
        "One or more parameter values were invalid: SequenceNumber must be specified when "
        "ShardIteratorType is " +
        type);
  }
  const auto sequence = sequence_of(*text);
  if (!sequence) {
    throw core::validation_error("Invalid SequenceNumber: " + *text);
  }
  return *sequence;
}

std::optional<std::uint64_t> start_of(const Stream& stream, const Json& request) {
  if (!core::find_member(request, "ShardIteratorType")) throw null_member("shardIteratorType");
  const auto type =
      choice_member(request, "ShardIteratorType",
                    {"AFTER_SEQUENCE_NUMBER", "LATEST", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"}, "");
  if (type == "TRIM_HORIZON") return std::nullopt;
  if (type == "LATEST") return stream.next_sequence;
  const auto given = sequence_member(request, type);
  const auto start = type == "AT_SEQUENCE_NUMBER" ? given : given + 1;
  if (start < stream.oldest_sequence) throw trimmed();
  return start;
}

void check_age(const ShardIterator& iterator, std::int64_t now_ms) {
  // A forged iterator may hold any time: nothing is added to it or taken from it.
  if (iterator.created_ms >= now_ms - limits::shard_iterator_lifetime_ms) return;
  throw core::AwsError("ExpiredIteratorException",
                       "Iterator expired. The iterator was created at time " +
                           std::to_string(iterator.created_ms) + " while right now it is " +
                           std::to_string(now_ms) +
                           " which is further in the future than the tolerated delay of " +
                           std::to_string(limits::shard_iterator_lifetime_ms) + " milliseconds.");
}

}  // namespace

const Stream& stream_in_scope(const Database& database, const RequestContext& context,
                              const std::string& arn) {
  const auto& stream = database.streams.require(arn);
  if (stream.scope != context.scope) throw stream_not_found(arn);
  return stream;
}

const Stream& requested_stream(const Database& database, const RequestContext& context,
                               const Json& request) {
  const auto arn = core::string_member(request, "StreamArn");
  if (!arn) throw null_member("streamArn");
  return stream_in_scope(database, context, *arn);
}

Json get_shard_iterator(Database& database, const RequestContext& context, const Json& request) {
  const auto shard_id = core::string_member(request, "ShardId");
  if (!shard_id) throw null_member("shardId");
  const auto& stream = requested_stream(database, context, request);
  if (*shard_id != stream.shard_id) {
    throw core::AwsError("ResourceNotFoundException",
                         "Requested resource not found: Shard does not exist");
  }
  const ShardIterator iterator{stream.arn, database.runtime.clock.now_ms(),
                               start_of(stream, request)};
  return {{"ShardIterator", iterator_text(iterator)}};
}

Json get_records(Database& database, const RequestContext& context, const Json& request) {
  const auto limit =
      static_cast<std::size_t>(bounded_member(request, "Limit", 1, limits::max_get_records)
                                   .value_or(limits::max_get_records));
  const auto text = core::string_member(request, "ShardIterator");
  if (!text) throw null_member("shardIterator");
  auto iterator = iterator_of(*text);
  const auto& stream = stream_in_scope(database, context, iterator.stream_arn);
  const auto now_ms = database.runtime.clock.now_ms();
  check_age(iterator, now_ms);
  if (iterator.sequence && *iterator.sequence < stream.oldest_sequence) throw trimmed();

  const auto start = iterator.sequence.value_or(stream.oldest_sequence);
  const auto records = database.streams.read(stream, start, limit, limits::max_get_records_bytes);
  Json answer = {{"Records", Json::array()}};
  for (const auto& record : records) answer["Records"].push_back(Json::parse(record.json));

  if (!records.empty()) iterator.sequence = *sequence_of(records.back().sequence_number) + 1;
  const bool at_end = iterator.sequence.value_or(start) >= stream.next_sequence;
  if (!stream.closed_ms || !at_end) {
    iterator.created_ms = now_ms;
    answer["NextShardIterator"] = iterator_text(iterator);
  }
  return answer;
}

}  // namespace votemu::dynamodb
