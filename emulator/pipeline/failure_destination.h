// What an on-failure destination is told of a batch that was given up.
// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/dynamodb/service.h"
#include "services/lambda/service.h"

namespace votemu::pipeline {

// The message's JSON: where the batch stands in the stream, not its records.
std::string stream_failure_notice(const lambda::EventSourceMapping& mapping,
                                  const std::vector<dynamodb::StreamRecord>& batch, int attempts,
                                  const std::string& request_id, std::int64_t now_ms);

}  // namespace votemu::pipeline
