#include "handlers/vote/vote.h"

#include <utility>

#include "handlers/abi/json_text.h"
#include "handlers/abi/json_tree.h"

namespace votemu::vote {
namespace {

using Json = nlohmann::json;

}  // namespace

std::string candidate_of(const abi::ApiGatewayProxyRequest& request) {
  const std::string text = request.body.value_or("");
  if (text.size() > max_body_bytes) {
    throw InvalidVote("The body must be at most " + std::to_string(max_body_bytes) + " bytes long");
  }
  const Json body = abi::parse_json_tree(text);
  if (!body.is_object())
    throw InvalidVote("The body must be a JSON object such as {\"id\":\"dog\"}");
  const auto id = body.find("id");
  if (id == body.end() || !id->is_string() || id->get_ref<const std::string&>().empty()) {
    throw InvalidVote("id must be a non-empty string");
  }
  const auto& candidate = id->get_ref<const std::string&>();
  if (candidate.size() > max_id_bytes) {
    throw InvalidVote("id must be at most " + std::to_string(max_id_bytes) + " bytes long");
  }
  return candidate;
}

abi::Task<void> count(abi::Context& context, std::string candidate) {
  abi::UpdateItemRequest request;
  request.table_name = context.environment("DDB_TABLE_NAME");
  request.key = {{"PK", std::move(candidate)}, {"SK", std::string("total")}};
  request.update_expression = "SET votes = if_not_exists(votes, :default_votes) + :value";
  request.expression_attribute_values = {{":default_votes", abi::Number{"0"}},
                                         {":value", abi::Number{"1"}}};
  auto updating = context.dynamodb().update_item(std::move(request));
  co_await std::move(updating);
}

std::string answer(int status_code, std::string_view method, std::string body) {
  return abi::encode_proxy_response(
      {status_code,
       {{"Access-Control-Allow-Headers", "Content-Type"},
        {"Access-Control-Allow-Origin", "*"},
        {"Access-Control-Allow-Methods", "OPTIONS," + std::string(method)}},
       std::move(body)});
}

std::string message_body(std::string_view text) {
  std::string json = "{\"message\":";
  abi::append_quoted(json, text);
  return json + "}";
}

}  // namespace votemu::vote
