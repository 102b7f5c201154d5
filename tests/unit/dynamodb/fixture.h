// A service on a core in memory, called as the protocols call it.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "core/aws_error.h"
#include "services/dynamodb/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::dynamodb {

using core::AwsError;
using core::Json;

class DynamoDbTest : public testing::Test {
 protected:
  Json call(const std::string& operation, const Json& request) {
    return core::call(core.store, operations, operation, context, request);
  }
  Json call_stream(const std::string& operation, const Json& request) {
    return core::call(core.store, stream_operations, operation, context, request);
  }

  // "Code: message" of the error, or "" when there was none.
  std::string error(const std::string& operation, const Json& request) {
    try {
      call(operation, request);
    } catch (const AwsError& thrown) {
      last_details = thrown.details();
      return thrown.code() + ": " + thrown.message();
    }
    return "";
  }
  std::string stream_error(const std::string& operation, const Json& request) {
    try {
      call_stream(operation, request);
    } catch (const AwsError& thrown) {
      return thrown.code() + ": " + thrown.message();
    }
    return "";
  }

  static Json parsed(const std::string& text) { return Json::parse(text); }

  // "votes" with the string key "id".
  Json create_votes(const std::string& stream_view = "") {
    auto request = parsed(R"({"TableName":"votes",
        "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
        "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
        "BillingMode":"PAY_PER_REQUEST"})");
    if (!stream_view.empty()) {
      request["StreamSpecification"]["StreamEnabled"] = true;
      request["StreamSpecification"]["StreamViewType"] = stream_view;
    }
    return call("CreateTable", request)["TableDescription"];
  }

  // "ranged" with the key "pk" (string) and "sk" of the type given.
  void create_ranged(const std::string& range_type) {
    auto request = parsed(R"({"TableName":"ranged",
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
                                {"AttributeName":"sk","AttributeType":"N"}],
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},
                     {"AttributeName":"sk","KeyType":"RANGE"}],
        "BillingMode":"PAY_PER_REQUEST"})");
    request["AttributeDefinitions"][1]["AttributeType"] = range_type;
    call("CreateTable", request);
  }

  void put(const std::string& table, const std::string& item) {
    call("PutItem", {{"TableName", table}, {"Item", parsed(item)}});
  }

  // The item's attributes, or null.
  Json get(const std::string& table, const std::string& key) {
    const auto answer = call("GetItem", {{"TableName", table}, {"Key", parsed(key)}});
    return answer.value("Item", Json());
  }

  // Ends the turn and starts the service anew on the same store.
  void restart() {
    core.finish_turn();
    start();
  }

  test::TestRuntime core;
  core::RequestContext context;
  std::optional<Service> service;
  core::OperationTable operations;
  core::OperationTable stream_operations;
  std::string last_details;

  DynamoDbTest() { start(); }

 private:
  void start() {
    service.emplace(core.runtime);
    operations = service->operations();
    stream_operations = service->stream_operations();
  }
};

}  // namespace votemu::dynamodb
