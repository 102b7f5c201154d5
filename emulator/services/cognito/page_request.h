// Which page of a list is asked for.
#pragma once

#include <string>

#include "core/json.h"

namespace votemu::cognito {

struct PageRequest {
  std::size_t limit;
  std::string after;  // the token: what the page before ended with; "" for the first
};

// MaxResults and NextToken. Throws AwsError with that code.
PageRequest page_request(const core::Json& request, const std::string& model_error,
                         bool limit_is_required = true);

}  // namespace votemu::cognito
