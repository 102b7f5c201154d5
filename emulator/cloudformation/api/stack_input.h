// What a request says a stack is to become.
#pragma once

#include "cloudformation/api/request.h"
#include "cloudformation/deployment.h"

namespace votemu::cloudformation::api {

// The template, and the parameters as given; `previous` is the stack that changes, or nullptr.
// Throws ValidationError.
Source source_of(const Engine& engine, const RequestContext& context, const Json& request,
                 const StackRecord* previous);

// What the request does not say stays as it was, but for the capabilities.
Settings settings_of(const Json& request, const StackRecord* previous);

// DisableRollback, or what the member OnFailure, or OnStackFailure of a change set, chooses.
OnFailure on_failure_of(const Json& request);
OnFailure on_failure_of(const Json& request, const std::string& chosen);

}  // namespace votemu::cloudformation::api
