#include "tests/sim/events.h"

#include <coroutine>
#include <utility>

#include "core/json.h"
#include "tests/sim/requests.h"
#include "tests/sim/violation.h"

namespace votemu::sim {
namespace {

using core::Json;

constexpr const char* queue_url = "http://localhost:4566/000000000000/events";
constexpr std::string_view busy = R"({"busy":true})";

wire::HttpRequest invocation(const char* type, std::string payload) {
  auto request =
      rest_call("lambda", "POST", "/2015-03-31/functions/events/invocations", std::move(payload));
  request.headers.add("X-Amz-Invocation-Type", type);
  return request;
}

}  // namespace

abi::Task<std::string> Events::handle(std::string_view event, abi::Context& context) {
  const std::suspend_always until_the_timeout;
  if (event == busy) co_await until_the_timeout;
  abi::SendMessageRequest message;
  message.queue_url = queue_url;
  message.message_body = event;
  auto sending = context.sqs().send_message(std::move(message));
  co_await std::move(sending);
  co_return "null";
}

void Events::set_up() {
  const Json function{{"FunctionName", "events"},
                      {"Handler", handler_name},
                      {"Runtime", "provided.al2023"},
                      {"Role", "arn:aws:iam::000000000000:role/events"},
                      {"Timeout", 20},
                      {"Code", {{"ZipFile", "UEsgemlw"}}}};
  const auto ignored = [](const wire::HttpResponse*) {};
  machine_.send(json_call("AmazonSQS.CreateQueue", {{"QueueName", queue}}), ignored);
  machine_.send(rest_call("lambda", "POST", "/2015-03-31/functions", function.dump()), ignored);
  machine_.finish_turns();
  if (!machine_.is_up()) return;
  machine_.send(rest_call("lambda", "PUT", "/2017-10-31/functions/events/concurrency",
                          R"({"ReservedConcurrentExecutions":1})"),
                ignored);
  machine_.finish_turns();
}

void Events::act() {
  if (random_.below(4) == 0) {
    return machine_.send(invocation("RequestResponse", std::string(busy)), [](const auto*) {});
  }
  const auto payload = Json{{"number", ++events_}}.dump();
  machine_.send(invocation("Event", payload), [this, payload](const wire::HttpResponse* answer) {
    if (!answer) return;
    if (answer->status != 202) throw Violation("an event is answered " + answer->body);
    accepted_.insert(payload);
    coverage_.add(Happened::event_accepted);
  });
}

void Events::check(const Stored& stored) const {
  coverage_.add(Happened::event_waited, stored.waiting.size());
  for (const auto& payload : stored.waiting) {
    if (stored.done.contains(payload)) throw Violation("event " + payload + " would be done twice");
  }
  for (const auto& payload : accepted_) {
    if (!stored.waiting.contains(payload) && !stored.done.contains(payload)) {
      throw Violation("event " + payload + " was lost");
    }
  }
}

void Events::check_done(const Stored& stored) const {
  if (!stored.waiting.empty()) {
    throw Violation("event " + *stored.waiting.begin() + " waits for ever");
  }
}

}  // namespace votemu::sim
