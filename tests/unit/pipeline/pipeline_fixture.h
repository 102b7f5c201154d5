// The services joined as the process joins them, around one function whose behaviour a test sets.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/event_source_mappings.h"
#include "pipeline/in_process_aws.h"
#include "tests/support/test_runtime.h"

namespace votemu::pipeline {

// What the function under test does; set by each test, called with the event's JSON.
struct FunctionUnderTest {
  inline static std::function<std::string(const core::Json& event)> behave;
  inline static std::vector<core::Json> events;

  static abi::Task<std::string> handler(std::string_view event, abi::Context&) {
    events.push_back(core::parse_json(event));
    co_return behave(events.back());
  }
};

class PipelineTest : public ::testing::Test {
 protected:
  PipelineTest() {
    FunctionUnderTest::events.clear();
    FunctionUnderTest::behave = [](const core::Json&) { return "null"; };
    start();
    call(lambda->operations(), "CreateFunction",
         {{"FunctionName", "function"},
          {"Runtime", "provided.al2023"},
          {"Role", "arn:aws:iam::000000000000:role/role"},
          {"Handler", "test.handler"},
          {"Code", {{"ZipFile", "UEs="}}}});
  }

  // Also what a restart does: services made anew on the same store.
  void start() {
    mappings.reset();
    lambda.reset();
    sqs = std::make_unique<sqs::Service>(core.runtime);
    dynamodb = std::make_unique<dynamodb::Service>(core.runtime);
    broker = std::make_unique<iot::Broker>(core.runtime);
    lambda = std::make_unique<lambda::Service>(
        core.runtime, std::vector<abi::NamedHandler>{{"test.handler", FunctionUnderTest::handler}},
        [this](const core::Scope& scope, const std::string& name, const std::string& role) {
          return in_process_clients(core.store, *dynamodb, *sqs, *broker, scope, name, role,
                                    rights);
        },
        [](const core::Scope&, std::string_view, std::string_view,
           std::span<const std::string_view>) {});
    mappings = std::make_unique<EventSourceMappings>(
        core.runtime, *dynamodb, *sqs, *lambda,
        [this](const core::Scope&, const std::string&, const std::string&) { return rights; });
    mappings->start();
    core.finish_turn();
  }

  core::Json call(const core::OperationTable& operations, std::string_view name,
                  const core::Json& request) {
    return core::call(core.store, operations, name, context, request);
  }

  std::string create_queue(const std::string& name, core::Json attributes = core::Json::object()) {
    call(sqs->operations(), "CreateQueue", {{"QueueName", name}, {"Attributes", attributes}});
    return "arn:aws:sqs:us-east-1:000000000000:" + name;
  }

  std::string create_stream(const std::string& table) {
    const auto created =
        call(dynamodb->operations(), "CreateTable",
             {{"TableName", table},
              {"AttributeDefinitions", {{{"AttributeName", "PK"}, {"AttributeType", "S"}}}},
              {"KeySchema", {{{"AttributeName", "PK"}, {"KeyType", "HASH"}}}},
              {"BillingMode", "PAY_PER_REQUEST"},
              {"StreamSpecification", {{"StreamEnabled", true}, {"StreamViewType", "NEW_IMAGE"}}}});
    return created["TableDescription"]["LatestStreamArn"].get<std::string>();
  }

  void put_item(const std::string& table, const std::string& key) {
    call(dynamodb->operations(), "PutItem",
         {{"TableName", table}, {"Item", {{"PK", {{"S", key}}}}}});
  }

  std::string map(const std::string& source_arn, core::Json members = core::Json::object()) {
    members["FunctionName"] = "function";
    members["EventSourceArn"] = source_arn;
    const auto created = call(lambda->operations(), "CreateEventSourceMapping", members);
    core.finish_turn();
    return created["UUID"].get<std::string>();
  }

  void send(const std::string& queue, const std::string& body) {
    sqs->send_message(context.scope, {queue, body, std::nullopt});
  }

  static std::vector<std::string> bodies(const core::Json& event) {
    std::vector<std::string> out;
    for (const auto& record : event["Records"]) out.push_back(record["body"].get<std::string>());
    return out;
  }

  static std::vector<std::string> keys(const core::Json& event) {
    std::vector<std::string> out;
    for (const auto& record : event["Records"]) {
      out.push_back(record["dynamodb"]["Keys"]["PK"]["S"].get<std::string>());
    }
    return out;
  }

  static std::vector<core::Json>& events() { return FunctionUnderTest::events; }

  test::TestRuntime core;
  core::RequestContext context;
  Rights rights;  // of the function's role; none: nobody asks
  std::unique_ptr<sqs::Service> sqs;
  std::unique_ptr<dynamodb::Service> dynamodb;
  std::unique_ptr<iot::Broker> broker;
  std::unique_ptr<lambda::Service> lambda;
  std::unique_ptr<EventSourceMappings> mappings;
};

using Strings = std::vector<std::string>;

}  // namespace votemu::pipeline
