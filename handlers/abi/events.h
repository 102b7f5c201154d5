// The events of the event sources, as far as handlers read them.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "handlers/abi/attribute_value.h"

namespace votemu::abi {

// The event is not what its decoder reads. The function fails with it.
class EventError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
struct ApiGatewayProxyRequest {
  std::string http_method;
  std::optional<std::string> body;  // decoded where the event carries base64
};
ApiGatewayProxyRequest decode_proxy_request(std::string_view event);

struct ApiGatewayProxyResponse {
  int status_code = 200;
  std::vector<std::pair<std::string_view, std::string>> headers;  // names are constants
  std::string body;
};
std::string encode_proxy_response(const ApiGatewayProxyResponse& response);

// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
struct SqsRecord {
  std::string message_id;
  std::string body;
};
std::vector<SqsRecord> decode_sqs_event(std::string_view event);

// The partial batch response: the messages that are to be delivered again.
std::string encode_batch_item_failures(const std::vector<std::string>& item_identifiers);

// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
struct DynamoDbRecord {
  std::string event_name;  // INSERT, MODIFY, REMOVE
  Item keys;
  std::optional<Item> new_image;
};
std::vector<DynamoDbRecord> decode_dynamodb_event(std::string_view event);

}  // namespace votemu::abi
