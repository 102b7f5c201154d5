// Runs a function to its end, or to its timeout.
#pragma once

#include <string>

#include "handlers/abi/task.h"
#include "services/lambda/state.h"

namespace votemu::lambda {

// Throws AwsError when the function does not exist or is throttled.
abi::Task<InvokeResult> invoke_function(State& state, core::Scope scope, std::string name,
                                        std::string payload, std::string request_id);

// Throws RequestEntityTooLargeException. `type` is an InvocationType.
void check_payload_size(const std::string& payload, const std::string& type, std::size_t most);

}  // namespace votemu::lambda
