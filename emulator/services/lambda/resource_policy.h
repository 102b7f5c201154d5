// What a function's resource policy allows other services.
// https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
#pragma once

#include <string_view>

#include "services/lambda/function.h"

namespace votemu::lambda {

// Whether `service` may invoke the function on behalf of a resource of that account.
bool policy_allows(const Function& function, std::string_view service, std::string_view account,
                   std::string_view source_arn);

}  // namespace votemu::lambda
