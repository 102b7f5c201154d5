// An AWS operation as a service offers it: from the request's members to the response's, in the
// shapes of AWS's service models, whatever protocol carried them.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <variant>

#include "core/ids.h"
#include "core/json.h"
#include "core/store.h"
#include "handlers/abi/task.h"

namespace votemu::core {

// Who asks, and how they reached us.
struct RequestContext {
  Scope scope;
  std::string request_id;
  std::string access_key;               // of the request's credential, "" when unsigned
  std::string session_token;            // that came with it, "" for long-term credentials
  std::string host = "localhost:4566";  // the request's Host header: URLs in answers use it
  bool secure = false;                  // the request came over TLS: URLs in answers are https
  std::string source_ip = "127.0.0.1";
  std::string user_agent;  // as the request says

  // What URLs in answers begin with: "http://localhost:4566".
  std::string origin() const { return (secure ? "https://" : "http://") + host; }
};

// Runs within one turn and one savepoint. Throws AwsError, having changed nothing.
using ImmediateOperation = std::function<Json(const RequestContext&, const Json& request)>;

// May wait, as a long poll does. Guards its own changes with Store::atomically. The context
// outlives the task; destroying the task withdraws the request.
using WaitingOperation = std::function<abi::Task<Json>(const RequestContext&, Json request)>;

// As an ImmediateOperation, for what is called most or answers much: from the request's JSON text
// to the answer's, so that no tree need be built of either.
struct TextOperation {
  std::function<std::string(const RequestContext&, std::string_view request)> run;
};

// As a WaitingOperation, for what answers much: to the answer's JSON text.
struct WaitingTextOperation {
  std::function<abi::Task<std::string>(const RequestContext&, Json request)> run;
};

using Operation =
    std::variant<ImmediateOperation, WaitingOperation, TextOperation, WaitingTextOperation>;

// By the operation's name in AWS's API ("SendMessage").
using OperationTable = std::map<std::string, Operation, std::less<>>;

// Runs an operation that does not wait within a savepoint, as a resource of a template does. Throws
// AwsError.
Json call(Store& store, const OperationTable& operations, std::string_view name,
          const RequestContext& context, const Json& request);

}  // namespace votemu::core
