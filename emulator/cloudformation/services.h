// What stacks make their resources with.
#pragma once

#include <functional>

#include "core/operation.h"

namespace votemu::cloudformation {

// The AWS operations that resource types act through: each service's `operations()`.
struct Services {
  core::OperationTable dynamodb;
  core::OperationTable sqs;
  core::OperationTable lambda;
  core::OperationTable apigateway;
  core::OperationTable logs;
  core::OperationTable iam;
  core::OperationTable cognito_identity;
  core::OperationTable cognito_user_pools;
  core::OperationTable s3;

  // Called when what a deployment wrote was taken back: services that keep in memory what
  // operations cannot give back, such as identifiers, read the store again. May be empty.
  std::function<void()> reread = {};
};

}  // namespace votemu::cloudformation
