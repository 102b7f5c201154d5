// What several operations ask of their members. All throw AwsError.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/aws_error.h"
#include "core/json.h"
#include "core/operation.h"
#include "services/logs/state.h"

namespace votemu::logs {

core::AwsError invalid_parameter(const std::string& message);

// "1 validation error detected: Value 'V' at 'M' failed to satisfy constraint: C"
core::AwsError constraint_error(std::string_view value, std::string_view member,
                                std::string_view constraint);

// The member's value, checked against its model; absent only when not required.
std::string required_group_name(const core::Json& request, std::string_view member);
std::string required_stream_name(const core::Json& request, std::string_view member);
std::optional<std::string> optional_group_name(const core::Json& request, std::string_view member);
std::optional<std::string> optional_stream_name(const core::Json& request, std::string_view member);

// 1 to `largest`, `largest` when absent.
std::int64_t limit_member(const core::Json& request, std::int64_t largest);

// By logGroupName or logGroupIdentifier (a name or an ARN).
Group& existing_group(State& state, const core::Scope& scope, const core::Json& request);
Stream& existing_stream(Group& group, std::string_view name);

std::string group_arn(const core::Scope& scope, std::string_view group);

}  // namespace votemu::logs
