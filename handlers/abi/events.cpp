#include "handlers/abi/events.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "handlers/abi/attribute_json.h"
#include "handlers/abi/base64.h"

namespace votemu::abi {
namespace {

using Json = nlohmann::json;

Json parse_event(std::string_view event) {
  Json parsed = Json::parse(event, nullptr, false);
  if (!parsed.is_object()) throw EventError("the event is not a JSON object");
  return parsed;
}

std::string text_member(const Json& object, std::string_view name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) {
    throw EventError("the event has no text " + std::string(name));
  }
  return found->get<std::string>();
}

const Json& object_member(const Json& object, std::string_view name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_object()) {
    throw EventError("the event has no object " + std::string(name));
  }
  return *found;
}

const Json& records_of(const Json& event) {
  const auto found = event.find("Records");
  if (found == event.end() || !found->is_array()) throw EventError("the event has no Records");
  return *found;
}

}  // namespace

ApiGatewayProxyRequest decode_proxy_request(std::string_view event) {
  const Json parsed = parse_event(event);
  ApiGatewayProxyRequest request;
  request.http_method = text_member(parsed, "httpMethod");
  const auto body = parsed.find("body");
  if (body == parsed.end() || !body->is_string()) return request;
  request.body = body->get<std::string>();
  const auto encoded = parsed.find("isBase64Encoded");
  if (encoded != parsed.end() && *encoded == true) request.body = base64_decode(*request.body);
  return request;
}

std::string encode_proxy_response(const ApiGatewayProxyResponse& response) {
  const Json encoded = {
      {"statusCode", response.status_code}, {"headers", response.headers}, {"body", response.body}};
  return encoded.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<SqsRecord> decode_sqs_event(std::string_view event) {
  const Json parsed = parse_event(event);
  std::vector<SqsRecord> records;
  for (const auto& record : records_of(parsed)) {
    records.push_back({text_member(record, "messageId"), text_member(record, "body")});
  }
  return records;
}

std::string encode_batch_item_failures(const std::vector<std::string>& item_identifiers) {
  Json failures = Json::array();
  for (const auto& identifier : item_identifiers)
    failures.push_back({{"itemIdentifier", identifier}});
  return Json{{"batchItemFailures", std::move(failures)}}.dump();
}

std::vector<DynamoDbRecord> decode_dynamodb_event(std::string_view event) {
  const Json parsed = parse_event(event);
  std::vector<DynamoDbRecord> records;
  for (const auto& record : records_of(parsed)) {
    const Json& change = object_member(record, "dynamodb");
    DynamoDbRecord decoded{text_member(record, "eventName"),
                           attributes_from_json(object_member(change, "Keys")), std::nullopt};
    if (change.contains("NewImage"))
      decoded.new_image = attributes_from_json(change.at("NewImage"));
    records.push_back(std::move(decoded));
  }
  return records;
}

}  // namespace votemu::abi
