#include "handlers/abi/events.h"

#include <optional>
#include <utility>

#include "handlers/abi/attribute_reader.h"
#include "handlers/abi/base64.h"
#include "handlers/abi/json_reader.h"
#include "handlers/abi/json_text.h"

namespace votemu::abi {
namespace {

using Kind = JsonReader::Kind;

std::string text_of(JsonReader& reader, std::string_view name) {
  if (reader.next() != Kind::string) throw EventError("the event has no text " + std::string(name));
  return reader.string();
}

template <class T>
T required(std::optional<T> member, std::string_view what) {
  if (!member) throw EventError("the event has no " + std::string(what));
  return std::move(*member);
}

// What `decode` reads of the event.
template <class Decode>
auto decoded(std::string_view event, Decode decode) {
  try {
    JsonReader reader(event);
    if (reader.next() != Kind::object) throw EventError("the event is not a JSON object");
    auto result = decode(reader);
    reader.end();
    return result;
  } catch (const JsonError&) {
    throw EventError("the event is not a JSON object");
  }
}

// What `decode` reads of each record.
template <class Record>
std::vector<Record> decoded_records(std::string_view event, Record (*decode)(JsonReader&)) {
  return decoded(event, [decode](JsonReader& reader) {
    std::optional<std::vector<Record>> records;
    reader.object([&](std::string_view name) {
      if (name != "Records" || reader.next() != Kind::array) return reader.skip();
      records.emplace();
      reader.array([&] {
        if (reader.next() != Kind::object) throw EventError("a record is not an object");
        records->push_back(decode(reader));
      });
    });
    return required(std::move(records), "Records");
  });
}

ApiGatewayProxyRequest proxy_request(JsonReader& reader) {
  std::optional<std::string> method;
  std::optional<std::string> body;
  bool encoded = false;
  reader.object([&](std::string_view name) {
    if (name == "httpMethod") {
      method = text_of(reader, name);
    } else if (name == "body" && reader.next() == Kind::string) {
      body = reader.string();
    } else if (name == "isBase64Encoded" && reader.next() == Kind::boolean) {
      encoded = reader.boolean();
    } else {
      reader.skip();
    }
  });
  if (body && encoded) body = base64_decode(*body);
  return {required(std::move(method), "text httpMethod"), std::move(body)};
}

SqsRecord sqs_record(JsonReader& reader) {
  std::optional<std::string> message_id;
  std::optional<std::string> body;
  reader.object([&](std::string_view name) {
    if (name == "messageId") {
      message_id = text_of(reader, name);
    } else if (name == "body") {
      body = text_of(reader, name);
    } else {
      reader.skip();
    }
  });
  return {required(std::move(message_id), "text messageId"),
          required(std::move(body), "text body")};
}

struct Change {
  std::optional<Item> keys;
  std::optional<Item> new_image;
};

Change change_of(JsonReader& reader) {
  Change change;
  reader.object([&](std::string_view name) {
    if (name == "Keys" && reader.next() == Kind::object) {
      change.keys = read_attributes(reader);
    } else if (name == "NewImage") {
      change.new_image = read_attributes(reader);
    } else {
      reader.skip();
    }
  });
  return change;
}

DynamoDbRecord dynamodb_record(JsonReader& reader) {
  std::optional<std::string> event_name;
  std::optional<Change> change;
  reader.object([&](std::string_view name) {
    if (name == "eventName") {
      event_name = text_of(reader, name);
    } else if (name == "dynamodb" && reader.next() == Kind::object) {
      change = change_of(reader);
    } else {
      reader.skip();
    }
  });
  Change changed = required(std::move(change), "object dynamodb");
  return {required(std::move(event_name), "text eventName"),
          required(std::move(changed.keys), "object Keys"), std::move(changed.new_image)};
}

}  // namespace

ApiGatewayProxyRequest decode_proxy_request(std::string_view event) {
  return decoded(event, proxy_request);
}

std::string encode_proxy_response(const ApiGatewayProxyResponse& response) {
  std::string json;
  json.reserve(response.body.size() * 5 / 4 + 256);
  json.append("{\"statusCode\":").append(std::to_string(response.status_code));
  json += ",\"headers\":{";
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

std::vector<SqsRecord> decode_sqs_event(std::string_view event) {
  return decoded_records(event, sqs_record);
}

std::string encode_batch_item_failures(const std::vector<std::string>& item_identifiers) {
  std::string json = "{\"batchItemFailures\":[";
  bool first = true;
  for (const auto& identifier : item_identifiers) {
    json += std::exchange(first, false) ? "{\"itemIdentifier\":" : ",{\"itemIdentifier\":";
    append_quoted(json, identifier);
    json += '}';
  }
  return json + "]}";
}

std::vector<DynamoDbRecord> decode_dynamodb_event(std::string_view event) {
  return decoded_records(event, dynamodb_record);
}

}  // namespace votemu::abi
