// The stream a request of DynamoDB Streams is about.
#pragma once

#include "services/dynamodb/operations.h"

namespace votemu::dynamodb {

// By the member StreamArn. Throws ResourceNotFoundException, also for another scope's stream.
const Stream& requested_stream(const Database& database, const RequestContext& context,
                               const Json& request);
const Stream& stream_in_scope(const Database& database, const RequestContext& context,
                              const std::string& arn);

}  // namespace votemu::dynamodb
