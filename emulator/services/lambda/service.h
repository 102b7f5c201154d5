// Lambda: functions whose code is linked into this process, and the event source mappings that the
// pipeline's triggers follow. https://docs.aws.amazon.com/lambda/latest/api/
//
// Function definitions and mappings are rows of the store, cached in memory. The code that is
// uploaded is kept and given back; what runs is the handler of those given here that a function's
// Handler property names.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/operation.h"
#include "core/runtime.h"
#include "handlers/abi/clients.h"
#include "handlers/abi/handler.h"
#include "handlers/abi/task.h"

namespace votemu::lambda {

struct InvokeResult {
  std::string payload;         // the handler's text, or the error object's JSON
  std::string function_error;  // "" or "Unhandled"
  std::string log_tail;        // the last 4 KB of the invocation's log, not yet base64
  std::string request_id;
};

// The AWS clients of a function, which all its invocations share.
class Clients {
 public:
  virtual ~Clients() = default;
  // Whether the function may write to its log group. Asked when there is something to write.
  virtual bool may_log(const std::string& /*group*/) const { return true; }
  virtual abi::DynamoDbClient& dynamodb() = 0;
  virtual abi::SqsClient& sqs() = 0;
  virtual abi::IotDataClient& iot_data() = 0;
};

// Makes them, with the function's scope, name and execution role; made anew when its definition
// changes. Must not ask the services for anything yet.
using ClientsFactory = std::function<std::unique_ptr<Clients>(
    const core::Scope&, const std::string& function_name, const std::string& role_arn)>;

// Where log lines go: events of a group's stream, in order. Must not throw.
using LogSink =
    std::function<void(const core::Scope&, std::string_view group, std::string_view stream,
                       std::span<const std::string_view> messages)>;

// What a trigger needs of a mapping. Absent numbers have AWS's defaults.
struct EventSourceMapping {
  std::string uuid;
  core::Scope scope;
  std::string function_name;
  std::string function_arn;
  std::string event_source_arn;
  bool enabled = true;
  int batch_size = 10;
  int maximum_batching_window_s = 0;
  bool report_batch_item_failures = false;
  std::string starting_position;    // streams: "TRIM_HORIZON", "LATEST" or "AT_TIMESTAMP"
  int maximum_retry_attempts = -1;  // streams; -1: for as long as the record lives
  int maximum_record_age_s = -1;    // streams; -1: no limit
  bool bisect_batch_on_function_error = false;
  std::string on_failure_destination_arn;  // streams; empty: none
  std::int64_t created_at_ms = 0;
  core::Json filter_criteria;  // {"Filters":[{"Pattern":text}…]} as given, or null

  bool operator==(const EventSourceMapping&) const = default;
};

// What a new mapping is about to read for which function.
struct EventSourceUse {
  core::Scope scope;
  std::string source_arn;
  std::string function_name;
  std::string role_arn;
};
// Throws AwsError when there is no such source or the function's role may not read it.
using EventSourceCheck = std::function<void(const EventSourceUse&)>;

// The bytes of an object in S3; version "" for the newest. Throws S3's own AwsError.
using ObjectFetch =
    std::function<std::string(const core::RequestContext&, const std::string& bucket,
                              const std::string& key, const std::string& version)>;

class State;

class Service {
 public:
  Service(core::Runtime& runtime, std::vector<abi::NamedHandler> handlers, ClientsFactory clients,
          LogSink log);
  // Abandons the invocations that are under way.
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  core::OperationTable operations();

  // Runs a function; the task must not outlive this service. `function_name` may be a name, an ARN
  // or a partial ARN. Throws AwsError when there is no such function, the payload is too large or
  // too many invocations are under way; what the handler throws is a result with a function_error.
  abi::Task<InvokeResult> invoke(core::Scope scope, std::string function_name, std::string payload);

  // Of all scopes, ordered by scope and uuid.
  std::vector<EventSourceMapping> event_source_mappings() const;

  // Called within the turn, after a mapping was created, updated or deleted.
  void on_mappings_changed(std::function<void()> listener);

  // What GetEventSourceMapping answers as LastProcessingResult: "OK", "PROBLEM: Function call
  // failed". In memory; an unknown uuid is ignored.
  void set_last_processing_result(const std::string& uuid, std::string_view text);

  // Asked before a mapping is created; without it every source is taken to exist.
  void check_event_sources_with(EventSourceCheck check);

  // How code that lies in S3 is had; without it, the object's name stands for its content.
  void fetch_objects_with(ObjectFetch fetch);

  // The archive that was uploaded as the function's code; "" when there is none.
  std::string code(const core::Scope& scope, std::string_view function_name) const;

  // The function's resource policy as a document; "" when it has none.
  std::string policy(const core::Scope& scope, std::string_view function_name) const;

  // Whether the function's resource policy lets a service invoke it on behalf of a resource:
  // "apigateway.amazonaws.com" and "arn:aws:execute-api:…". False when there is no such function.
  bool may_invoke(const core::Scope& scope, std::string_view function_name,
                  std::string_view service, std::string_view source_arn) const;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace votemu::lambda
