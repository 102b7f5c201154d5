// A queue service on a virtual clock, called as the API calls it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "core/aws_error.h"
#include "core/keys.h"
#include "core/operation.h"
#include "services/sqs/service.h"
#include "tests/support/test_runtime.h"

namespace votemu::sqs {

using core::Json;

// A ReceiveMessage under way; destroying it is what happens when the client hangs up.
struct PendingReceive {
  abi::Task<std::string> task;
  bool done = false;

  Json response() { return Json::parse(task.outcome().take()); }
  std::size_t message_count() {
    const Json answer = response();
    return answer.contains("Messages") ? answer["Messages"].size() : 0;
  }
};

class SqsTest : public testing::Test {
 protected:
  test::TestRuntime core;
  std::unique_ptr<Service> service = std::make_unique<Service>(core.runtime);
  core::OperationTable operations = service->operations();
  core::RequestContext context;
  std::vector<std::string> visible_arns;  // as the listener was told

  SqsTest() { listen(); }

  void listen() {
    service->on_messages_visible([this](const std::string& arn) { visible_arns.push_back(arn); });
  }

  // As if the process had ended and started again with the same store.
  void restart() {
    core.finish_turn();
    operations.clear();
    service.reset();
    service = std::make_unique<Service>(core.runtime);
    operations = service->operations();
    listen();
  }

  Json call(const std::string& name, const Json& request) {
    if (name == "ReceiveMessage") return receive_now(request);
    return core::call(core.store, operations, name, context, request);
  }

  std::unique_ptr<PendingReceive> start_receive(Json request) {
    auto pending = std::make_unique<PendingReceive>();
    const auto& run = std::get<core::WaitingTextOperation>(operations.at("ReceiveMessage")).run;
    pending->task = run(context, std::move(request));
    pending->task.start([receive = pending.get()] { receive->done = true; });
    return pending;
  }

  Json receive_now(const Json& request) {
    auto pending = start_receive(request);
    if (!pending->done) throw std::logic_error("ReceiveMessage waits");
    return pending->response();
  }

  // The messages of one ReceiveMessage; [] when there are none.
  Json receive(const std::string& queue, Json more = Json::object()) {
    more["QueueUrl"] = queue;
    return receive_now(more).value("Messages", Json::array());
  }
  Json receive_all(const std::string& queue) {
    return receive(queue, {{"MaxNumberOfMessages", 10},
                           {"MessageSystemAttributeNames", {"All"}},
                           {"MessageAttributeNames", {"All"}}});
  }
  std::vector<std::string> bodies(const Json& messages) {
    std::vector<std::string> texts;
    for (const auto& message : messages) texts.push_back(message.at("Body").get<std::string>());
    return texts;
  }

  std::string create(const std::string& name, const Json& attributes = Json::object()) {
    return call("CreateQueue", {{"QueueName", name}, {"Attributes", attributes}})
        .at("QueueUrl")
        .get<std::string>();
  }
  Json send(const std::string& queue, const std::string& body, Json more = Json::object()) {
    more["QueueUrl"] = queue;
    more["MessageBody"] = body;
    return call("SendMessage", more);
  }
  // The typed call.
  abi::SendMessageResponse send_typed(const std::string& queue, const std::string& body,
                                      std::optional<int> delay_s = {},
                                      std::string_view sender = {}) {
    abi::SendMessageRequest request;
    request.queue_url = queue;
    request.message_body = body;
    request.delay_seconds = delay_s;
    return service->send_message(context.scope, request, sender);
  }
  Json attributes(const std::string& queue, const Json& names = {"All"}) {
    return call("GetQueueAttributes", {{"QueueUrl", queue}, {"AttributeNames", names}})
        .value("Attributes", Json::object());
  }
  MessageCounts counts(const std::string& name) { return service->counts(arn(name)); }
  static std::string arn(const std::string& name) {
    return "arn:aws:sqs:us-east-1:000000000000:" + name;
  }

  void expect_error(const std::string& operation, const Json& request, const std::string& code,
                    const std::string& message, int status = 400) {
    SCOPED_TRACE(operation + " " + core::dump_json(request).substr(0, 200));
    try {
      call(operation, request);
      ADD_FAILURE() << "no error";
    } catch (const core::AwsError& error) {
      EXPECT_EQ(error.code(), code);
      EXPECT_EQ(error.message(), message);
      EXPECT_EQ(error.http_status(), status);
    }
  }
  std::size_t rows(core::Table table) {
    std::size_t rows = 0;
    const core::Key all(table);
    for (auto row = core.store.scan(all); row.valid(); row.next()) ++rows;
    return rows;
  }
  std::size_t stored_messages() { return rows(core::Table::sqs_message); }
};

}  // namespace votemu::sqs
