// An invocation without AWS: clients that record what they are asked and fail when they are told.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "handlers/abi/context.h"
#include "handlers/abi/events.h"
#include "handlers/abi/handler.h"

namespace votemu::test {

using Failure = std::function<void()>;  // throws, or does nothing

class FakeDynamoDb final : public abi::DynamoDbClient {
 public:
  abi::Task<abi::ScanResponse> scan(abi::ScanRequest request) override {
    scans.push_back(std::move(request));
    if (failure) failure();
    co_return scans.size() <= pages.size() ? pages[scans.size() - 1] : abi::ScanResponse{};
  }
  abi::Task<void> update_item(abi::UpdateItemRequest request) override {
    updates.push_back(std::move(request));
    if (failure) failure();
    co_return;
  }

  std::vector<abi::ScanResponse> pages;
  std::vector<abi::ScanRequest> scans;
  std::vector<abi::UpdateItemRequest> updates;
  Failure failure;
};

class FakeSqs final : public abi::SqsClient {
 public:
  abi::Task<abi::SendMessageResponse> send_message(abi::SendMessageRequest request) override {
    messages.push_back(std::move(request));
    if (failure) failure();
    co_return abi::SendMessageResponse{"md5-1", "message-1"};
  }

  std::vector<abi::SendMessageRequest> messages;
  Failure failure;
};

class FakeIotData final : public abi::IotDataClient {
 public:
  abi::Task<void> publish(abi::PublishRequest request) override {
    published.push_back(std::move(request));
    if (failure) failure();
    co_return;
  }

  std::vector<abi::PublishRequest> published;
  Failure failure;
};

class FakeContext final : public abi::Context {
 public:
  const std::string& aws_request_id() const override { return request_id; }
  const std::string& function_name() const override { return name; }
  const std::string& invoked_function_arn() const override { return arn; }
  std::int64_t remaining_time_ms() const override { return 3'000; }
  std::string environment(std::string_view variable) const override {
    const auto found = variables.find(variable);
    return found == variables.end() ? "" : found->second;
  }
  void log(std::string_view line) override { lines.emplace_back(line); }

  FakeDynamoDb& dynamodb() override { return dynamodb_client; }
  FakeSqs& sqs() override { return sqs_client; }
  FakeIotData& iot_data(std::string_view endpoint) override {
    iot_endpoint = endpoint;
    return iot_client;
  }

  std::string request_id = "request-1";
  std::string name = "function";
  std::string arn = "arn:aws:lambda:us-east-1:000000000000:function:function";
  std::map<std::string, std::string, std::less<>> variables;
  std::vector<std::string> lines;
  std::string iot_endpoint;
  FakeDynamoDb dynamodb_client;
  FakeSqs sqs_client;
  FakeIotData iot_client;
};

// Runs a handler that does not wait; throws what it throws.
inline std::string invoke(abi::Handler handler, const std::string& event, abi::Context& context) {
  return abi::run_now(handler(event, context));
}

}  // namespace votemu::test
