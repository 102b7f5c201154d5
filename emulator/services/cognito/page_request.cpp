#include "services/cognito/page_request.h"

#include "core/constraints.h"
#include "services/cognito/limits.h"

namespace votemu::cognito {

PageRequest page_request(const core::Json& request, const std::string& model_error,
                         bool limit_is_required) {
  const core::Constraints check(request);
  if (limit_is_required) check.require("MaxResults");
  const auto limit = check.integer("MaxResults", 1, limits::max_page).value_or(limits::max_page);
  auto token = check.text("NextToken", {.least = 1});
  check.throw_if_any(model_error);
  return {static_cast<std::size_t>(limit), std::move(token).value_or("")};
}

}  // namespace votemu::cognito
