// Amazon DynamoDB and DynamoDB Streams: tables, items, expressions and change records.
//
// Operations take and return the members of AWS's models dynamodb/2012-08-10 and
// dynamodbstreams/2012-08-10 and throw abi::AwsError with AWS's codes and texts.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/operation.h"
#include "core/runtime.h"
#include "handlers/abi/clients.h"

namespace votemu::dynamodb {

// One change of an item. `json` is the record as GetRecords answers it, and as a function's event
// carries it but for `eventSourceARN`.
struct StreamRecord {
  std::string sequence_number;  // 21 decimal digits: compares as text
  std::string json;
};

class Database;

class Service {
 public:
  // Reads what the store holds of tables and streams.
  explicit Service(core::Runtime& runtime);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // All are immediate. The tables refer to this service, which must outlive them.
  core::OperationTable operations();         // DynamoDB_20120810
  core::OperationTable stream_operations();  // DynamoDBStreams_20120810

  // Takes up what the store holds now, after what operations wrote was taken back.
  void reread();

  // The same operations for handlers that run in this process: same checks, same errors, no JSON.
  abi::ScanResponse scan(const core::Scope& scope, const abi::ScanRequest& request);
  void update_item(const core::Scope& scope, abi::UpdateItemRequest request);

  // The attribute that the table's items are spread by; "" when there is no such table.
  std::string partition_key(const core::Scope& scope, const std::string& table) const;

  // The stream's records after sequence number `after` (empty: from the oldest kept), oldest first,
  // at most `limit`. Throws ResourceNotFoundException when there is no such stream.
  std::vector<StreamRecord> read_stream(const std::string& stream_arn, std::string_view after,
                                        std::size_t limit) const;
  // Of the newest record ever written, kept or trimmed; "" when there was none.
  std::string latest_sequence_number(const std::string& stream_arn) const;
  bool stream_exists(const std::string& stream_arn) const;

  // `listener` is called with the stream's ARN whenever records were staged, while the operation
  // runs: it must only take note (Turn::defer) and must not throw.
  void on_stream_records(std::function<void(const std::string& stream_arn)> listener);

 private:
  std::unique_ptr<Database> database_;
};

}  // namespace votemu::dynamodb
