// A function's resource policy, and what it allows other services.
// https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "services/lambda/function.h"

namespace votemu::lambda {

// An empty list when the function has no policy.
core::Json policy_statements(const Function& function);

// The whole document, as GetPolicy answers it.
std::string policy_text(const core::Json& statements);

// What the policy in a function's row grants to services. Of the conditions that AddPermission can
// make, an organization is nobody's here.
std::vector<Grant> grants_of(const core::Json& row);

// Whether `service` may invoke the function on behalf of a resource of that account.
bool allows(const Function& function, std::string_view service, std::string_view account,
            std::string_view source_arn);

}  // namespace votemu::lambda
