// The log service on a core in memory, and how tests call it.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "core/aws_error.h"
#include "services/logs/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::logs {

class LogsTest : public ::testing::Test {
 protected:
  core::Json call(const char* operation, const core::Json& request) {
    return core::call(core_.store, operations_, operation, context_, request);
  }

  // "Code: message" of the error that a call ends with.
  std::string error_of(const char* operation, const core::Json& request) {
    try {
      call(operation, request);
    } catch (const core::AwsError& error) {
      return error.code() + ": " + error.message();
    }
    return "no error";
  }

  void append(const std::string& stream, const std::string& message) {
    const std::string_view only = message;
    service_.append(context_.scope, "g", stream, {&only, 1});
  }

  static std::vector<std::string> messages(const core::Json& response) {
    std::vector<std::string> texts;
    for (const auto& event : response["events"]) {
      texts.push_back(event["message"].get<std::string>());
    }
    return texts;
  }

  test::TestRuntime core_;
  Service service_{core_.runtime};
  core::OperationTable operations_ = service_.operations();
  core::RequestContext context_;
};

using Texts = std::vector<std::string>;

}  // namespace votemu::logs
