#include "handlers/sqs_publish/handler.h"

#include <utility>

#include "handlers/abi/json_text.h"
#include "handlers/vote/vote.h"

namespace votemu::vote {
namespace {

// The whole request travels: whoever receives it decides what of it they need.
abi::Task<std::string> enqueue(std::string_view event, abi::Context& context) {
  abi::SendMessageRequest message;
  message.queue_url = context.environment("SQS_QUEUE_URL");
  message.message_body = event;
  auto sending = context.sqs().send_message(std::move(message));
  const auto sent = co_await std::move(sending);
  context.log("Publish SQS Success");
  constexpr std::size_t usual_size = 128;  // a digest, an id and their names
  std::string body;
  body.reserve(usual_size);
  body += "{\"MD5OfMessageBody\":";
  abi::append_quoted(body, sent.md5_of_message_body);
  abi::append_member(body, "MessageId", sent.message_id);
  body += '}';
  co_return answer(200, "POST", std::move(body));
}

}  // namespace

abi::Task<std::string> sqs_publish(std::string_view event, abi::Context& context) {
  const auto request = abi::decode_proxy_request(event);
  if (request.http_method != "POST") co_return "{}";
  std::string failure;
  int status_code = 500;
  try {
    candidate_of(request);
    auto enqueueing = enqueue(event, context);
    auto answered = co_await std::move(enqueueing);
    co_return answered;
  } catch (const InvalidVote& error) {
    failure = error.what();
    status_code = 400;
  } catch (const abi::AwsError& error) {
    context.log("Publish SQS Error: " + error.code() + ": " + error.message());
    failure = "The vote could not be queued";
  }
  co_return answer(status_code, "POST", message_body(failure));
}

}  // namespace votemu::vote
