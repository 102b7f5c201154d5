#include "handlers/abi/events.h"

#include <simdjson.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "handlers/abi/attribute_json.h"
#include "handlers/abi/base64.h"
#include "handlers/abi/json_text.h"
#include "handlers/abi/json_tree.h"

namespace votemu::abi {
namespace {

using Json = nlohmann::json;
using simdjson::dom::element;
using simdjson::dom::object;

// The elements of an event live as long as this.
class Event {
 public:
  explicit Event(std::string_view text) {
    if (parser_.parse(text.data(), text.size()).get(root_) != simdjson::SUCCESS) {
      throw EventError("the event is not a JSON object");
    }
  }

  const object& root() const { return root_; }

  simdjson::dom::array records() const {
    simdjson::dom::array records;
    if (root_["Records"].get(records) != simdjson::SUCCESS) {
      throw EventError("the event has no Records");
    }
    return records;
  }

 private:
  simdjson::dom::parser parser_;
  object root_;
};

std::string text_member(const object& holder, std::string_view name) {
  std::string_view text;
  if (holder[name].get(text) != simdjson::SUCCESS) {
    throw EventError("the event has no text " + std::string(name));
  }
  return std::string(text);
}

object object_member(const object& holder, std::string_view name) {
  object found;
  if (holder[name].get(found) != simdjson::SUCCESS) {
    throw EventError("the event has no object " + std::string(name));
  }
  return found;
}

object record_of(const element& record) {
  object found;
  if (record.get(found) != simdjson::SUCCESS) throw EventError("a record is not an object");
  return found;
}

Item item_of(const std::string& image) {
  return attributes_from_json(parse_json_tree(image));
}

}  // namespace

ApiGatewayProxyRequest decode_proxy_request(std::string_view text) {
  const Event event(text);
  ApiGatewayProxyRequest request;
  request.http_method = text_member(event.root(), "httpMethod");
  std::string_view body;
  if (event.root()["body"].get(body) != simdjson::SUCCESS) return request;
  bool encoded = false;
  const bool said = event.root()["isBase64Encoded"].get(encoded) == simdjson::SUCCESS;
  request.body = said && encoded ? base64_decode(body) : std::string(body);
  return request;
}

std::string encode_proxy_response(const ApiGatewayProxyResponse& response) {
  std::string json = "{\"statusCode\":" + std::to_string(response.status_code) + ",\"headers\":{";
  bool first = true;
  for (const auto& [name, value] : response.headers) {
    if (!std::exchange(first, false)) json += ',';
    append_quoted(json, name);
    json += ':';
    append_quoted(json, value);
  }
  json += '}';
  append_member(json, "body", response.body);
  json += '}';
  return json;
}

std::vector<SqsRecord> decode_sqs_event(std::string_view text) {
  const Event event(text);
  std::vector<SqsRecord> records;
  const auto all = event.records();
  for (const element one : all) {
    const object record = record_of(one);
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

std::vector<DynamoDbRecord> decode_dynamodb_event(std::string_view text) {
  const Event event(text);
  std::vector<DynamoDbRecord> records;
  const auto all = event.records();
  for (const element one : all) {
    const object record = record_of(one);
    const object change = object_member(record, "dynamodb");
    DynamoDbRecord decoded{text_member(record, "eventName"),
                           item_of(simdjson::minify(object_member(change, "Keys"))), std::nullopt};
    element image;
    if (change["NewImage"].get(image) == simdjson::SUCCESS)
      decoded.new_image = item_of(simdjson::minify(image));
    records.push_back(std::move(decoded));
  }
  return records;
}

}  // namespace votemu::abi
