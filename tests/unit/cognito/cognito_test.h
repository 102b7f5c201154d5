// A Cognito of a test's own, and a caller.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "core/aws_error.h"
#include "services/cognito/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::cognito {

using core::Json;

struct CognitoTest : testing::Test {
  test::TestRuntime t;
  core::SigningKey key{t.store, t.random};
  std::optional<core::KnownRole> known;
  Service service{t.runtime, key, [this](const core::RoleArn&) { return known; }};
  core::RequestContext caller;

  CognitoTest() { caller.access_key = "test"; }

  Json identity(std::string_view operation, const Json& request) {
    return core::call(t.store, service.identity_operations(), operation, caller, request);
  }
  Json user_pool(std::string_view operation, const Json& request) {
    return core::call(t.store, service.user_pool_operations(), operation, caller, request);
  }
  // "Code: message"
  std::string error_of(const core::OperationTable& table, std::string_view operation,
                       const Json& request) {
    try {
      core::call(t.store, table, operation, caller, request);
    } catch (const core::AwsError& thrown) {
      return thrown.code() + ": " + thrown.message();
    }
    return "none";
  }
  std::string identity_error(std::string_view operation, const Json& request) {
    return error_of(service.identity_operations(), operation, request);
  }
  std::string user_pool_error(std::string_view operation, const Json& request) {
    return error_of(service.user_pool_operations(), operation, request);
  }
};

}  // namespace votemu::cognito
