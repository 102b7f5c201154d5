// The signature of a Lambda function's code.
#pragma once

#include <string>
#include <string_view>

#include "handlers/abi/context.h"
#include "handlers/abi/task.h"

namespace votemu::abi {

// Takes the event's JSON text and returns the result's JSON text ("null" for no result). What it
// throws is the invocation's error: AwsError by its code, any other std::exception as "Error".
// `event` and `context` outlive the task.
using Handler = Task<std::string> (*)(std::string_view event, Context& context);

// A handler under the name that a function's Handler property has in a template.
struct NamedHandler {
  std::string_view name;
  Handler handler;
};

}  // namespace votemu::abi
