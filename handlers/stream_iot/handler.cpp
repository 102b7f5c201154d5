#include "handlers/stream_iot/handler.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "handlers/vote/vote.h"

namespace votemu::vote {
namespace {

using Json = nlohmann::json;

// A record without a total to tell (a removed item, say) is passed over.
Json totals_of(const std::vector<abi::DynamoDbRecord>& records) {
  Json totals = Json::array();
  for (const auto& record : records) {
    const auto id = record.keys.find("PK");
    if (id == record.keys.end() || !record.new_image) continue;
    const auto votes = record.new_image->find("votes");
    if (votes == record.new_image->end()) continue;
    const auto* name = id->second.get_if<std::string>();
    const auto* total = votes->second.get_if<abi::Number>();
    if (name && total) totals.push_back({{"id", *name}, {"votes", total->text}});
  }
  return totals;
}

}  // namespace

abi::Task<std::string> stream_iot(std::string_view event, abi::Context& context) {
  const Json totals = totals_of(abi::decode_dynamodb_event(event));
  if (totals.empty()) co_return "null";
  abi::PublishRequest request;
  request.topic = context.environment("IOT_TOPIC");
  request.payload = totals.dump();
  auto publishing =
      context.iot_data(context.environment("IOT_ENDPOINT")).publish(std::move(request));
  co_await std::move(publishing);
  context.log("Published " + std::to_string(totals.size()) + " totals");
  co_return "null";
}

}  // namespace votemu::vote
