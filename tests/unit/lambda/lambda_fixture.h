// The Lambda service on a core in memory, its handlers, and how tests call it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/aws_error.h"
#include "core/wakeup.h"
#include "handlers/abi/base64.h"
#include "services/lambda/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::lambda {

// Handlers are plain functions; what they share with a test is reached through the clients.
struct FakeClients : Clients, abi::SqsClient {
  struct Shared {
    int calls = 0;
    core::Turn* turn = nullptr;       // set: a send waits for open_gate()
    core::Wakeup* waiting = nullptr;  // what it waits for

    void open_gate() {
      if (waiting) waiting->wake();
    }
  };
  // A wakeup that others may reach for as long as it lives.
  struct Gate {
    explicit Gate(Shared& the_shared) : shared(the_shared), wakeup(*the_shared.turn) {
      shared.waiting = &wakeup;
    }
    ~Gate() { shared.waiting = nullptr; }
    Shared& shared;
    core::Wakeup wakeup;
  };
  explicit FakeClients(Shared& the_shared) : shared(the_shared) {}
  abi::DynamoDbClient& dynamodb() override { throw std::logic_error("not in these tests"); }
  abi::SqsClient& sqs() override { return *this; }
  abi::IotDataClient& iot_data() override { throw std::logic_error("not in these tests"); }

  abi::Task<abi::SendMessageResponse> send_message(abi::SendMessageRequest) override {
    ++shared.calls;
    if (shared.turn) {
      Gate gate(shared);
      co_await gate.wakeup;
    }
    abi::SendMessageResponse response;
    response.message_id = "id";
    co_return response;
  }

  Shared& shared;
};

inline abi::Task<std::string> echo(std::string_view event, abi::Context& context) {
  context.log("got an event\n");
  co_return std::string(event);
}
inline abi::Task<std::string> send(std::string_view, abi::Context& context) {
  abi::SendMessageRequest request;
  auto sending = context.sqs().send_message(std::move(request));
  const auto response = co_await std::move(sending);
  co_return "\"" + response.message_id + "\"";
}
inline abi::Task<std::string> fail(std::string_view, abi::Context& context) {
  abi::SendMessageRequest request;
  auto sending = context.sqs().send_message(std::move(request));
  co_await std::move(sending);
  throw std::runtime_error("no \"luck\"");
}
inline abi::Task<std::string> refuse(std::string_view, abi::Context&) {
  throw core::AwsError("QueueDoesNotExist", "The specified queue does not exist.");
  co_return "";
}
inline abi::Task<std::string> large(std::string_view, abi::Context&) {
  co_return std::string(6'291'557, 'x');
}
inline abi::Task<std::string> describe(std::string_view, abi::Context& context) {
  co_return core::dump_json({{"name", context.function_name()},
                             {"arn", context.invoked_function_arn()},
                             {"left", context.remaining_time_ms()},
                             {"region", context.environment("AWS_REGION")},
                             {"memory", context.environment("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")},
                             {"handler", context.environment("_HANDLER")},
                             {"queue", context.environment("QUEUE")},
                             {"unset", context.environment("UNSET")}});
}

class LambdaTest : public ::testing::Test {
 protected:
  static std::vector<abi::NamedHandler> handlers() {
    return {{"echo", echo},     {"send", send},   {"fail", fail},
            {"refuse", refuse}, {"large", large}, {"describe", describe}};
  }

  std::unique_ptr<Service> make_service() {
    return std::make_unique<Service>(
        core_.runtime, handlers(),
        [this](const core::Scope&, const std::string&, const std::string&) {
          return std::make_unique<FakeClients>(shared_);
        },
        [this](const core::Scope&, std::string_view group, std::string_view stream,
               std::span<const std::string_view> messages) {
          for (const auto message : messages) {
            groups_.emplace_back(group);
            streams_.emplace_back(stream);
            lines_.emplace_back(message);
          }
        });
  }

  // As a new process finds it.
  void restart() {
    operations_.clear();
    service_.reset();
    service_ = make_service();
    operations_ = service_->operations();
  }

  core::Json call(const char* operation, const core::Json& request) {
    return core::call(core_.store, operations_, operation, context_, request);
  }
  std::string error_of(const char* operation, const core::Json& request) {
    try {
      call(operation, request);
    } catch (const core::AwsError& error) {
      return error.code() + " " + std::to_string(error.http_status()) + ": " + error.message();
    }
    return "no error";
  }

  static core::Json definition(const std::string& name, const std::string& handler) {
    return {{"FunctionName", name},
            {"Handler", handler},
            {"Runtime", "provided.al2023"},
            {"Role", "arn:aws:iam::000000000000:role/r"},
            {"Code", {{"ZipFile", abi::base64_encode("PK zip")}}}};
  }
  void create(const std::string& name, const std::string& handler) {
    call("CreateFunction", definition(name, handler));
  }

  abi::Task<core::Json> start_invoke(core::Json request) {
    return std::get<core::WaitingOperation>(operations_.at("Invoke"))(context_, std::move(request));
  }
  core::Json invoke(core::Json request) { return abi::run_now(start_invoke(std::move(request))); }
  std::string invoke_error(core::Json request) {
    try {
      invoke(std::move(request));
    } catch (const core::AwsError& error) {
      return error.code() + " " + std::to_string(error.http_status()) + ": " + error.message();
    }
    return "no error";
  }

  test::TestRuntime core_;
  FakeClients::Shared shared_;
  std::vector<std::string> groups_, streams_, lines_;
  core::RequestContext context_;
  std::unique_ptr<Service> service_ = make_service();
  core::OperationTable operations_ = service_->operations();
};

}  // namespace votemu::lambda
