// AwsError under the name that services use, and the two errors that any operation may answer with.
#pragma once

#include "handlers/abi/aws_error.h"

namespace votemu::core {

using abi::AwsError;

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html
inline AwsError validation_error(const std::string& message) {
  return AwsError("ValidationException", message, 400);
}

inline AwsError serialization_error(const std::string& message) {
  return AwsError("SerializationException", message, 400);
}

}  // namespace votemu::core
