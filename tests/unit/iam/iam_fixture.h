// IAM on a core in memory.
#pragma once

#include <gtest/gtest.h>

#include "core/aws_error.h"
#include "core/text.h"
#include "services/iam/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::iam {

using core::Json;

inline const std::string lambda_trust =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",)"
    R"("Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]})";
inline const std::string any_logs =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"logs:*","Resource":"*"}})";
inline const std::string basic_execution =
    "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

class IamTest : public ::testing::Test {
 protected:
  Json call(const char* operation, const Json& request, const core::RequestContext& context = {}) {
    return core::call(test.store, operations_, operation, context, request);
  }

  // "CODE STATUS: message", "" when it succeeds.
  std::string error(const char* operation, const Json& request) {
    try {
      call(operation, request);
    } catch (const core::AwsError& error) {
      return error.code() + " " + std::to_string(error.http_status()) + ": " + error.what();
    }
    return "";
  }

  Json create_role(const std::string& name, Json more = Json::object()) {
    more["RoleName"] = name;
    more["AssumeRolePolicyDocument"] = lambda_trust;
    return call("CreateRole", more)["Role"];
  }

  std::string create_policy(const std::string& name, Json more = Json::object()) {
    more["PolicyName"] = name;
    more["PolicyDocument"] = any_logs;
    return call("CreatePolicy", more)["Policy"]["Arn"].get<std::string>();
  }

  test::TestRuntime test;
  Service iam{test.runtime};

 private:
  core::OperationTable operations_ = iam.operations();
};

}  // namespace votemu::iam
