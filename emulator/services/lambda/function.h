// A function: its row in the store, and what invoking it needs, taken from the row once.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/json.h"
#include "handlers/abi/handler.h"
#include "services/lambda/service.h"

namespace votemu::lambda {

// What happens to a function in this run of the process; outlives changes of its definition.
struct Activity {
  std::string log_stream;  // "" before the first invocation
  std::int64_t running = 0;
};

// What a statement of a function's resource policy lets a service do: invoke the function.
struct Grant {
  std::optional<std::string> service;     // absent: any
  std::optional<std::string> source_arn;  // a pattern; absent: on behalf of anything
  std::optional<std::string> source_account;
};

// Immutable: an invocation keeps the definition it began with.
struct Function {
  core::Scope scope;
  std::string name;
  // {"Configuration": AWS's FunctionConfiguration, "Tags": {}, "Policy": [statements],
  //  "PolicyRevisionId"?, "ReservedConcurrentExecutions"?, "EventInvokeConfig"?, "ImageUri"?}
  core::Json row;

  std::string arn;
  std::string role;
  std::string handler_name;
  std::string log_group;
  std::int64_t timeout_s = 0;
  std::int64_t memory_mb = 0;
  std::optional<std::int64_t> reserved_concurrency;
  std::int64_t event_retries = 0;                               // of an Event invocation that fails
  std::int64_t max_event_age_s = 0;                             // after which it is not tried again
  std::map<std::string, std::string, std::less<>> environment;  // with what Lambda itself sets
  abi::Handler handler = nullptr;                               // nullptr: no such handler
  std::vector<Grant> grants;
  std::unique_ptr<Clients> clients;
  std::shared_ptr<Activity> activity;

  const core::Json& configuration() const { return row["Configuration"]; }
};

using FunctionPtr = std::shared_ptr<const Function>;

// Everything but `handler`, `clients` and `activity`.
Function make_function(core::Scope scope, std::string name, core::Json row);

}  // namespace votemu::lambda
