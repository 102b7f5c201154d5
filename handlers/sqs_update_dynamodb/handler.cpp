#include "handlers/sqs_update_dynamodb/handler.h"

#include <optional>
#include <utility>
#include <vector>

#include "handlers/vote/vote.h"

namespace votemu::vote {
namespace {

// A message's body is the API request that sqs_publish received.
abi::Task<void> count_record(const abi::SqsRecord& record, abi::Context& context) {
  auto counting = count(context, candidate_of(abi::decode_proxy_request(record.body)));
  co_await std::move(counting);
}

// Nothing when the record's vote was counted, else why it was not.
abi::Task<std::optional<std::string>> try_to_count(const abi::SqsRecord& record,
                                                   abi::Context& context) {
  std::optional<std::string> failure;
  try {
    auto counting = count_record(record, context);
    co_await std::move(counting);
  } catch (const std::exception& error) {
    failure = error.what();
  }
  co_return failure;
}

}  // namespace

// A vote that could not be counted is delivered again. When none was, the invocation fails as a
// whole, which also reaches a mapping without partial batch responses; when some were, failing as a
// whole would count those twice.
abi::Task<std::string> sqs_update_dynamodb(std::string_view event, abi::Context& context) {
  const auto records = abi::decode_sqs_event(event);
  std::vector<std::string> failed;
  for (const auto& record : records) {
    auto counting = try_to_count(record, context);
    const auto failure = co_await std::move(counting);
    if (!failure) continue;
    context.log("Update DynamoDB Error: message " + record.message_id + ": " + *failure);
    failed.push_back(record.message_id);
  }
  if (!failed.empty() && failed.size() == records.size()) {
    throw std::runtime_error("None of the " + std::to_string(records.size()) +
                             " votes was counted");
  }
  context.log("Update DynamoDB Success: " + std::to_string(records.size() - failed.size()));
  co_return abi::encode_batch_item_failures(failed);
}

}  // namespace votemu::vote
