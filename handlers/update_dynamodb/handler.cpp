#include "handlers/update_dynamodb/handler.h"

#include <utility>

#include "handlers/vote/vote.h"

namespace votemu::vote {
namespace {

abi::Task<std::string> count_vote(const abi::ApiGatewayProxyRequest& request,
                                  abi::Context& context) {
  auto counting = count(context, candidate_of(request));
  co_await std::move(counting);
  context.log("Update DynamoDB Success");
  co_return answer(200, "POST", "{}");
}

}  // namespace

abi::Task<std::string> update_dynamodb(std::string_view event, abi::Context& context) {
  const auto request = abi::decode_proxy_request(event);
  if (request.http_method != "POST") co_return "{}";
  std::string failure;
  int status_code = 500;
  try {
    auto counting = count_vote(request, context);
    auto answered = co_await std::move(counting);
    co_return answered;
  } catch (const InvalidVote& error) {
    failure = error.what();
    status_code = 400;
  } catch (const abi::AwsError& error) {
    context.log("Update DynamoDB Error: " + error.code() + ": " + error.message());
    failure = "The vote could not be counted";
  }
  co_return answer(status_code, "POST", message_body(failure));
}

}  // namespace votemu::vote
