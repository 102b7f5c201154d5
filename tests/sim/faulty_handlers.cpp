#include "tests/sim/faulty_handlers.h"

#include <coroutine>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

#include "handlers/scan_dynamodb/handler.h"
#include "handlers/sqs_publish/handler.h"
#include "handlers/sqs_update_dynamodb/handler.h"
#include "handlers/stream_iot/handler.h"
#include "handlers/update_dynamodb/handler.h"

namespace votemu::sim {
namespace {

using abi::Task;

constexpr std::uint64_t per_mille_of(Faults faults) {
  return faults == Faults::none ? 0 : faults == Faults::some ? 60 : 250;
}

// FNV-1a: the same in every build.
std::uint64_t hash_of(std::string_view text, std::uint64_t salt) {
  std::uint64_t hash = 14'695'981'039'346'656'037U + salt;
  for (const char byte : text)
    hash = (hash ^ static_cast<unsigned char>(byte)) * 1'099'511'628'211U;
  return hash ^ hash >> 32;
}

// What an invocation decides by: each question has its own answer, the same whenever it is asked.
class Fate {
 public:
  Fate(const std::string& request_id, Faults faults)
      : request_id_(request_id), per_mille_(per_mille_of(faults)) {}
  bool strikes(std::uint64_t question) const {
    return hash_of(request_id_, question) % 1000 < per_mille_;
  }

 private:
  const std::string& request_id_;
  std::uint64_t per_mille_;
};

enum Question : std::uint64_t { throws, hangs, hangs_late, throws_late, send, publish, calls };

template <class Result>
Task<Result> refuse_call() {
  throw abi::AwsError("ThrottlingException", "simulated", 400);
  co_return Result();
}
template <>
Task<void> refuse_call<void>() {
  throw abi::AwsError("ThrottlingException", "simulated", 400);
  co_return;
}

class FaultyContext final : public abi::Context,
                            private abi::DynamoDbClient,
                            private abi::SqsClient,
                            private abi::IotDataClient {
 public:
  FaultyContext(abi::Context& inner, Fate fate) : inner_(inner), fate_(fate) {}

  const std::string& aws_request_id() const override { return inner_.aws_request_id(); }
  const std::string& function_name() const override { return inner_.function_name(); }
  const std::string& invoked_function_arn() const override { return inner_.invoked_function_arn(); }
  std::int64_t remaining_time_ms() const override { return inner_.remaining_time_ms(); }
  std::string environment(std::string_view name) const override { return inner_.environment(name); }
  void log(std::string_view line) override { inner_.log(line); }
  abi::DynamoDbClient& dynamodb() override { return *this; }
  abi::SqsClient& sqs() override { return *this; }
  abi::IotDataClient& iot_data(std::string_view) override { return *this; }

 private:
  Task<abi::ScanResponse> scan(abi::ScanRequest request) override {
    if (fate_.strikes(calls + ++calls_)) return refuse_call<abi::ScanResponse>();
    return inner_.dynamodb().scan(std::move(request));
  }
  Task<void> update_item(abi::UpdateItemRequest request) override {
    if (fate_.strikes(calls + ++calls_)) return refuse_call<void>();
    return inner_.dynamodb().update_item(std::move(request));
  }
  Task<abi::SendMessageResponse> send_message(abi::SendMessageRequest request) override {
    if (fate_.strikes(send)) return refuse_call<abi::SendMessageResponse>();
    return inner_.sqs().send_message(std::move(request));
  }
  Task<void> publish(abi::PublishRequest request) override {
    if (fate_.strikes(Question::publish)) return refuse_call<void>();
    request.qos = 1;
    return inner_.iot_data("").publish(std::move(request));
  }

  abi::Context& inner_;
  Fate fate_;
  std::uint64_t calls_ = 0;
};

bool is_redelivery(std::string_view event) {
  constexpr std::string_view name = "\"ApproximateReceiveCount\":\"";
  for (auto at = event.find(name); at != event.npos; at = event.find(name, at + 1)) {
    if (event.substr(at + name.size(), 2) != "1\"") return true;
  }
  return false;
}

// `may_fail_late`: it may also fail when it has done its work.
Task<std::string> run(abi::Handler handler, Faults faults, bool may_fail_late,
                      std::string_view event, abi::Context& context) {
  const Fate fate(context.aws_request_id(), faults);
  const std::suspend_always for_ever;
  if (is_redelivery(event)) context.log(redelivery_line);
  if (fate.strikes(throws)) throw std::runtime_error("simulated");
  if (fate.strikes(hangs)) co_await for_ever;
  FaultyContext faulty(context, fate);
  auto running = handler(event, faulty);
  std::string result = co_await std::move(running);
  if (may_fail_late && fate.strikes(throws_late)) throw std::runtime_error("simulated");
  if (may_fail_late && fate.strikes(hangs_late)) co_await for_ever;
  co_return result;
}

template <abi::Handler handler, Faults faults, bool may_fail_late = false>
Task<std::string> faulty(std::string_view event, abi::Context& context) {
  return run(handler, faults, may_fail_late, event, context);
}

template <Faults faults>
std::vector<abi::NamedHandler> handlers() {
  return {
      {"scan-dynamodb.handler", faulty<vote::scan_dynamodb, faults, true>},
      {"update-dynamodb.handler", faulty<vote::update_dynamodb, faults>},
      {"sqs-publish.handler", faulty<vote::sqs_publish, faults, true>},
      {"sqs-update-dynamodb.handler", faulty<vote::sqs_update_dynamodb, faults>},
      {"stream-iot.handler", faulty<vote::stream_iot, faults>},
  };
}

}  // namespace

std::vector<abi::NamedHandler> handlers_with(Faults faults) {
  switch (faults) {
    case Faults::none:
      return handlers<Faults::none>();
    case Faults::some:
      return handlers<Faults::some>();
    default:
      return handlers<Faults::many>();
  }
}

}  // namespace votemu::sim
