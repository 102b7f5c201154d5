// Errors and checks that several operations share. All throw AwsError.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/aws_error.h"
#include "core/json.h"

namespace votemu::lambda {

core::AwsError invalid_parameter(const std::string& message);
core::AwsError not_found(const std::string& message);
core::AwsError conflict(const std::string& message);
core::AwsError throttled(const std::string& reason);

// "1 validation error detected: Value 'V' at 'M' failed to satisfy constraint: C". `member` is the
// member's name in the model; the text has it with a lower-case first letter.
core::AwsError constraint_error(std::string_view value, std::string_view member,
                                std::string_view constraint);
core::AwsError missing_member(std::string_view member);

// The member within [least, most], or nullopt when absent.
std::optional<std::int64_t> ranged_member(const core::Json& request, std::string_view member,
                                          std::int64_t least, std::int64_t most);
std::string required_string(const core::Json& request, std::string_view member);

// The length of a page: MaxItems, but no more than `most`.
std::size_t page_size(const core::Json& request, std::int64_t most);

}  // namespace votemu::lambda
