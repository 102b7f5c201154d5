#include "pipeline/failure_destination.h"

#include "core/calendar.h"
#include "core/json.h"

namespace votemu::pipeline {

std::string stream_failure_notice(const lambda::EventSourceMapping& mapping,
                                  const std::vector<dynamodb::StreamRecord>& batch, int attempts,
                                  const std::string& request_id, std::int64_t now_ms) {
  const core::Json notice = {
      {"requestContext",
       {{"requestId", request_id},
        {"functionArn", mapping.function_arn},
        {"condition", "RetryAttemptsExhausted"},
        {"approximateInvokeCount", attempts}}},
      {"responseContext",
       {{"statusCode", 200}, {"executedVersion", "$LATEST"}, {"functionError", "Unhandled"}}},
      {"version", "1.0"},
      {"timestamp", core::iso8601_ms(now_ms)},
      {"DDBStreamBatchInfo",
       {{"startSequenceNumber", batch.front().sequence_number},
        {"endSequenceNumber", batch.back().sequence_number},
        {"batchSize", batch.size()},
        {"streamArn", mapping.event_source_arn}}}};
  return core::dump_json(notice);
}

}  // namespace votemu::pipeline
