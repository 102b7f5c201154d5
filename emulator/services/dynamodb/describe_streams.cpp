// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html
#include "core/calendar.h"
#include "services/dynamodb/limits.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/request.h"
#include "services/dynamodb/stream_request.h"

namespace votemu::dynamodb {
namespace {

Json shard_json(const Stream& stream) {
  Json range = {{"StartingSequenceNumber", sequence_text(stream.first_sequence)}};
  if (stream.closed_ms) {
    const auto last = std::max(stream.next_sequence, stream.first_sequence + 1) - 1;
    range["EndingSequenceNumber"] = sequence_text(last);
  }
  return {{"ShardId", stream.shard_id}, {"SequenceNumberRange", std::move(range)}};
}

}  // namespace

Json list_streams(Database& database, const RequestContext& context, const Json& request) {
  const auto limit =
      static_cast<std::size_t>(bounded_member(request, "Limit", 1, limits::max_list_streams)
                                   .value_or(limits::max_list_streams));
  const auto start = core::string_member(request, "ExclusiveStartStreamArn");
  const auto table_name = core::string_member(request, "TableName")
                              ? std::optional(table_name_of(request))
                              : std::nullopt;

  const auto& all = database.streams.all();
  Json answer = {{"Streams", Json::array()}};
  auto& streams = answer["Streams"];
  for (auto entry = start ? all.upper_bound(*start) : all.begin(); entry != all.end(); ++entry) {
    const auto& stream = entry->second;
    if (stream.scope != context.scope) continue;
    if (table_name && stream.table_name != *table_name) continue;
    if (streams.size() == limit) {
      answer["LastEvaluatedStreamArn"] = streams.back()["StreamArn"];
      break;
    }
    streams.push_back({{"StreamArn", entry->first},
                       {"StreamLabel", stream.label},
                       {"TableName", stream.table_name}});
  }
  return answer;
}

Json describe_stream(Database& database, const RequestContext& context, const Json& request) {
  const auto& stream = requested_stream(database, context, request);
  bounded_member(request, "Limit", 1, limits::max_list_streams);
  const auto after_shard = core::string_member(request, "ExclusiveStartShardId");

  Json shards = Json::array();
  if (!after_shard || *after_shard < stream.shard_id) shards.push_back(shard_json(stream));
  return {{"StreamDescription",
           {{"StreamArn", stream.arn},
            {"StreamLabel", stream.label},
            {"StreamStatus", stream.closed_ms ? "DISABLED" : "ENABLED"},
            {"StreamViewType", stream_view_name(stream.view)},
            {"CreationRequestDateTime", core::epoch_seconds(stream.created_ms)},
            {"TableName", stream.table_name},
            {"KeySchema", key_schema_json(stream.keys)},
            {"Shards", std::move(shards)}}}};
}

}  // namespace votemu::dynamodb
