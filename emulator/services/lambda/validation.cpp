#include "services/lambda/validation.h"

#include <algorithm>

#include "core/constraints.h"
#include "core/members.h"
#include "core/text.h"

namespace votemu::lambda {
namespace {

using core::AwsError;
using core::Json;

}  // namespace

AwsError invalid_parameter(const std::string& message) {
  return AwsError("InvalidParameterValueException", message, 400);
}

AwsError not_found(const std::string& message) {
  return AwsError("ResourceNotFoundException", message, 404);
}

AwsError conflict(const std::string& message) {
  return AwsError("ResourceConflictException", message, 409);
}

AwsError throttled(const std::string& reason) {
  return AwsError("TooManyRequestsException", "Rate Exceeded.", 429,
                  core::dump_json({{"Reason", reason}}));
}

AwsError constraint_error(std::string_view value, std::string_view member,
                          std::string_view constraint) {
  return AwsError("ValidationException",
                  core::violation(value, core::lower_first(member), constraint), 400);
}

AwsError missing_member(std::string_view member) {
  return AwsError("ValidationException", core::null_violation(core::lower_first(member)), 400);
}

std::optional<std::int64_t> ranged_member(const Json& request, std::string_view member,
                                          std::int64_t least, std::int64_t most) {
  const auto value = core::integer_member(request, member);
  if (!value) return std::nullopt;
  if (*value < least) {
    throw constraint_error(
        std::to_string(*value), member,
        "Member must have value greater than or equal to " + std::to_string(least));
  }
  if (*value > most) {
    throw constraint_error(std::to_string(*value), member,
                           "Member must have value less than or equal to " + std::to_string(most));
  }
  return value;
}

std::string required_string(const Json& request, std::string_view member) {
  auto value = core::string_member(request, member);
  if (!value) throw missing_member(member);
  return std::move(*value);
}

std::size_t page_size(const Json& request, std::int64_t most) {
  constexpr std::int64_t most_in_model = 10'000;
  const auto asked = ranged_member(request, "MaxItems", 1, most_in_model).value_or(most);
  return static_cast<std::size_t>(std::min(asked, most));
}

}  // namespace votemu::lambda
