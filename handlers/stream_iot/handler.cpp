#include "handlers/stream_iot/handler.h"

#include <utility>

#include "handlers/abi/json_text.h"
#include "handlers/vote/vote.h"

namespace votemu::vote {
namespace {

struct Totals {
  std::string json = "[";  // [{"id":"dog","votes":"1"}]
  std::size_t count = 0;

  void add(std::string_view id, std::string_view votes) {
    if (count++ > 0) json += ',';
    json += "{\"id\":";
    abi::append_quoted(json, id);
    abi::append_member(json, "votes", votes);
    json += '}';
  }
};

// A record without a total to tell (a removed item, say) is passed over.
Totals totals_of(const std::vector<abi::DynamoDbRecord>& records) {
  Totals totals;
  for (const auto& record : records) {
    const auto id = record.keys.find("PK");
    if (id == record.keys.end() || !record.new_image) continue;
    const auto votes = record.new_image->find("votes");
    if (votes == record.new_image->end()) continue;
    const auto* name = id->second.get_if<std::string>();
    const auto* total = votes->second.get_if<abi::Number>();
    if (name && total) totals.add(*name, total->text);
  }
  totals.json += ']';
  return totals;
}

}  // namespace

abi::Task<std::string> stream_iot(std::string_view event, abi::Context& context) {
  Totals totals = totals_of(abi::decode_dynamodb_event(event));
  if (totals.count == 0) co_return "null";
  abi::PublishRequest request;
  request.topic = context.environment("IOT_TOPIC");
  request.payload = std::move(totals.json);
  auto publishing =
      context.iot_data(context.environment("IOT_ENDPOINT")).publish(std::move(request));
  co_await std::move(publishing);
  context.log("Published " + std::to_string(totals.count) + " totals");
  co_return "null";
}

}  // namespace votemu::vote
