// How rows of the store are keyed: a table's byte, then components whose encoding sorts as they do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/ids.h"

namespace votemu::core {

// Every table of the store. Numbers are on disk: never reuse or renumber one.
enum class Table : std::uint8_t {
  dynamodb_table = 1,
  dynamodb_item = 2,
  dynamodb_stream = 3,  // a stream's description
  dynamodb_stream_record = 4,
  dynamodb_index_item = 5,  // an item's copy in the order of an index
  sqs_queue = 10,
  sqs_message = 11,
  sqs_message_state = 12,  // what receiving a message has changed
  lambda_function = 20,
  lambda_event_source_mapping = 21,
  pipeline_checkpoint = 22,  // how far a stream's event source mapping has come
  lambda_code = 23,          // a piece of an uploaded archive
  logs_group = 24,
  logs_stream = 25,
  logs_events = 26,              // what one turn logged to a group
  lambda_async_invocation = 27,  // that waits for its turn or its retry
  apigateway_rest_api = 30,
  apigateway_account = 31,
  iot_retained_message = 40,
  iot_session = 41,
  iot_session_message = 42,  // a message that waits for a session
  iot_message = 43,          // what such messages say, once for all sessions
  cognito_user_pool = 50,
  cognito_identity_pool = 51,
  cognito_user_pool_client = 52,
  cognito_identity_pool_owner = 53,  // a pool's scope by its id alone
  cognito_identity = 54,
  cognito_identity_order = 55,  // a pool's identities in the order of their creation
  iam_role = 60,
  iam_policy = 61,       // customer managed
  iam_role_policy = 62,  // an inline policy's document
  iam_policy_use = 63,   // which roles a managed policy is attached to or bounds
  cloudformation_stack = 70,
  cloudformation_deleted_stack = 71,
  cloudformation_stack_event = 72,
  cloudformation_change_set = 73,
  cloudformation_export = 74,
  s3_bucket = 80,
  s3_object = 81,  // a version of an object, without its bytes
  s3_blob = 82,    // who else has a blob; absent when it has one owner
  s3_chunk = 83,   // a piece of a blob
  s3_upload = 84,  // a multipart upload that is not complete
  s3_part = 85,
  signing_key = 90,
};

// Builds a key. Components of the same kinds compare as their values do; a string component sorts
// before every longer string that it begins, whatever follows.
class Key {
 public:
  explicit Key(Table table) { bytes_.push_back(static_cast<char>(table)); }
  // The usual beginning: state is kept apart per account and region.
  Key(Table table, const Scope& scope) : Key(table) { text(scope.account).text(scope.region); }

  Key& text(std::string_view component);  // any bytes, escaped and terminated
  Key& number(std::uint64_t component);   // 8 bytes, big endian
  Key& raw(std::string_view component);   // as it is: only as the last component

  const std::string& bytes() const { return bytes_; }
  operator std::string_view() const { return bytes_; }  // NOLINT(*-explicit-*): a key is its bytes

 private:
  std::string bytes_;
};

// Takes a key apart in the order in which it was built. Throws std::runtime_error when the bytes
// are not such a key: the store is corrupt.
class KeyReader {
 public:
  explicit KeyReader(std::string_view key) : rest_(key.substr(key.empty() ? 0 : 1)) {}
  std::string text();
  std::uint64_t number();
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace votemu::core
