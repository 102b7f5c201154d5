// What a handler knows of its invocation, and the only way out of it.
// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "handlers/abi/clients.h"

namespace votemu::abi {

class Context {
 public:
  virtual ~Context() = default;

  virtual const std::string& aws_request_id() const = 0;
  virtual const std::string& function_name() const = 0;
  virtual const std::string& invoked_function_arn() const = 0;
  virtual std::int64_t remaining_time_ms() const = 0;

  // An environment variable of the function; empty when it is not set.
  virtual std::string environment(std::string_view name) const = 0;

  // One event in the function's log stream; a trailing newline is not needed.
  virtual void log(std::string_view line) = 0;

  virtual DynamoDbClient& dynamodb() = 0;
  virtual SqsClient& sqs() = 0;
  // `endpoint` is the IoT data endpoint's host[:port]; votemu serves its own broker whatever it
  // says.
  virtual IotDataClient& iot_data(std::string_view endpoint) = 0;
};

}  // namespace votemu::abi
