// What a request on the one port is meant for, told from its host, path and headers alone.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "wire/http.h"

namespace votemu::wire {

// An AWS JSON 1.0 or 1.1 call: POST with X-Amz-Target. Valid as long as the request.
struct JsonCall {
  // "dynamodb", "streams.dynamodb", "sqs", "logs"; "" when the target names none
  std::string_view service;
  std::string_view operation;  // "" when the target names none
};

// An AWS Query call: a form with an Action.
struct QueryCall {
  std::string service;  // "sqs"; "" when nothing tells
};

// A call of a REST-JSON API; which operation it is, its routes tell.
struct RestCall {
  std::string service;  // "lambda", "apigateway", "iot", "iotdata", or another that was signed for
};

// A call of S3, whose buckets stand in the host or in the path.
struct S3Call {
  std::string bucket;  // "" when it is about the service itself
  std::string key;     // "" when it is about the bucket
};

// A request to a deployed API. Without an id the stage tells which one, if any.
struct ExecuteApiCall {
  std::string api_id;
  std::string stage;
  std::string path;  // after the stage, percent-encoded, beginning with '/'
};

// votemu's own interface: /_votemu and /_localstack.
struct ControlCall {};

using Classified = std::variant<JsonCall, QueryCall, RestCall, S3Call, ExecuteApiCall, ControlCall>;

// `service` is the signing name of the request's credential, "" when it is unsigned.
Classified classify(const HttpRequest& request, std::string_view service);

}  // namespace votemu::wire
