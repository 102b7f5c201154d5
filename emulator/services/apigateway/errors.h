// The errors of the control plane.
#pragma once

#include <string>

#include "core/aws_error.h"

namespace votemu::apigateway {

inline core::AwsError bad_request(const std::string& message) {
  return core::AwsError("BadRequestException", message, 400);
}
inline core::AwsError not_found(const std::string& message) {
  return core::AwsError("NotFoundException", message, 404);
}
inline core::AwsError conflict(const std::string& message) {
  return core::AwsError("ConflictException", message, 409);
}
inline core::AwsError limit_exceeded(const std::string& message) {
  return core::AwsError("LimitExceededException", message, 429);
}

}  // namespace votemu::apigateway
