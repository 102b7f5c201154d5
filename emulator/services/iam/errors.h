// IAM's errors.
#pragma once

#include <string>

#include "core/aws_error.h"

namespace votemu::iam {

inline core::AwsError validation_failure(const std::string& message) {
  return core::AwsError("ValidationError", message, 400);
}
inline core::AwsError invalid_input(const std::string& message) {
  return core::AwsError("InvalidInput", message, 400);
}
inline core::AwsError malformed_policy(const std::string& message) {
  return core::AwsError("MalformedPolicyDocument", message, 400);
}
inline core::AwsError no_such_entity(const std::string& message) {
  return core::AwsError("NoSuchEntity", message, 404);
}
inline core::AwsError already_exists(const std::string& message) {
  return core::AwsError("EntityAlreadyExists", message, 409);
}
inline core::AwsError delete_conflict(const std::string& message) {
  return core::AwsError("DeleteConflict", message, 409);
}
inline core::AwsError limit_exceeded(const std::string& message) {
  return core::AwsError("LimitExceeded", message, 409);
}
inline core::AwsError quota_exceeded(const std::string& quota, std::size_t limit) {
  return limit_exceeded("Cannot exceed quota for " + quota + ": " + std::to_string(limit));
}

}  // namespace votemu::iam
