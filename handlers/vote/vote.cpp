#include "handlers/vote/vote.h"

#include <utility>

#include "handlers/abi/json_reader.h"
#include "handlers/abi/json_text.h"

namespace votemu::vote {
namespace {

constexpr auto no_object = "The body must be a JSON object such as {\"id\":\"dog\"}";

// The text of the body's member id; "" when it has none.
std::string id_in(std::string_view body) {
  std::string id;
  try {
    abi::JsonReader reader(body);
    if (reader.next() != abi::JsonReader::Kind::object) throw InvalidVote(no_object);
    reader.object([&](std::string_view name) {
      if (name != "id") return reader.skip();
      id.clear();
      if (reader.next() != abi::JsonReader::Kind::string) return reader.skip();
      id = reader.string();
    });
    reader.end();
  } catch (const abi::JsonError&) {
    throw InvalidVote(no_object);
  }
  return id;
}

}  // namespace

std::string candidate_of(const abi::ApiGatewayProxyRequest& request) {
  const std::string_view body = request.body ? std::string_view(*request.body) : "";
  if (body.size() > max_body_bytes) {
    throw InvalidVote("The body must be at most " + std::to_string(max_body_bytes) + " bytes long");
  }
  std::string id = id_in(body);
  if (id.empty()) throw InvalidVote("id must be a non-empty string");
  if (id.size() > max_id_bytes) {
    throw InvalidVote("id must be at most " + std::to_string(max_id_bytes) + " bytes long");
  }
  return id;
}

abi::Task<void> count(abi::Context& context, std::string candidate) {
  abi::UpdateItemRequest request;
  request.table_name = context.environment("DDB_TABLE_NAME");
  request.key.emplace("PK", std::move(candidate));
  request.key.emplace("SK", std::string("total"));
  request.update_expression = "SET votes = if_not_exists(votes, :default_votes) + :value";
  request.expression_attribute_values.emplace(":default_votes", abi::Number{"0"});
  request.expression_attribute_values.emplace(":value", abi::Number{"1"});
  auto updating = context.dynamodb().update_item(std::move(request));
  co_await std::move(updating);
}

std::string answer(int status_code, std::string_view method, std::string body) {
  abi::ApiGatewayProxyResponse response;
  response.status_code = status_code;
  response.headers.reserve(3);
  response.headers.emplace_back("Access-Control-Allow-Headers", "Content-Type");
  response.headers.emplace_back("Access-Control-Allow-Methods", "OPTIONS," + std::string(method));
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  response.body = std::move(body);
  return abi::encode_proxy_response(response);
}

std::string message_body(std::string_view text) {
  std::string json = "{\"message\":";
  abi::append_quoted(json, text);
  return json + "}";
}

}  // namespace votemu::vote
