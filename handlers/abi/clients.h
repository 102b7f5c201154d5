// The AWS clients a handler is given. Inside votemu they are bound to the services of the same
// process; in a deployed function they call AWS over HTTPS. Every call throws AwsError.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "handlers/abi/attribute_value.h"
#include "handlers/abi/aws_error.h"
#include "handlers/abi/task.h"

namespace votemu::abi {

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html
struct ScanRequest {
  std::string table_name;
  std::optional<Item> exclusive_start_key;
};
struct ScanResponse {
  std::vector<Item> items;
  std::optional<Item> last_evaluated_key;  // absent on the last page
};

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html
struct UpdateItemRequest {
  std::string table_name;
  Item key;
  std::string update_expression;
  std::string condition_expression;  // empty: none
  std::map<std::string, std::string> expression_attribute_names;
  AttributeMap expression_attribute_values;
};

class DynamoDbClient {
 public:
  virtual ~DynamoDbClient() = default;
  virtual Task<ScanResponse> scan(ScanRequest request) = 0;
  virtual Task<void> update_item(UpdateItemRequest request) = 0;
};

// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
struct SendMessageRequest {
  std::string queue_url;
  std::string message_body;
  std::optional<int> delay_seconds;
};
struct SendMessageResponse {
  std::string md5_of_message_body;  // lower-case hex
  std::string message_id;
};

class SqsClient {
 public:
  virtual ~SqsClient() = default;
  virtual Task<SendMessageResponse> send_message(SendMessageRequest request) = 0;
};

// https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_Publish.html
struct PublishRequest {
  std::string topic;
  std::string payload;
  int qos = 0;  // 0 or 1
  bool retain = false;
};

class IotDataClient {
 public:
  virtual ~IotDataClient() = default;
  virtual Task<void> publish(PublishRequest request) = 0;
};

}  // namespace votemu::abi
