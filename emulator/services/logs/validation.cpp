#include "services/logs/validation.h"

#include <algorithm>
#include <cctype>

#include "core/aws_error.h"
#include "core/constraints.h"
#include "core/members.h"
#include "services/logs/limits.h"

namespace votemu::logs {
namespace {

using core::AwsError;
using core::Json;

constexpr std::string_view group_pattern = "[\\.\\-_/#A-Za-z0-9]+";
constexpr std::string_view stream_pattern = "[^:*]*";

bool is_group_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view(".-_/#").find(c) != std::string_view::npos;
}

bool is_stream_character(char c) {
  return c != ':' && c != '*';
}

void check_length(const std::string& value, std::string_view member) {
  if (value.empty()) {
    throw constraint_error(value, member, "Member must have length greater than or equal to 1");
  }
  if (value.size() > limits::max_name_length) {
    throw constraint_error(value, member, "Member must have length less than or equal to 512");
  }
}

std::optional<std::string> checked_name(const Json& request, std::string_view member,
                                        bool (*allowed)(char), std::string_view pattern) {
  auto value = core::string_member(request, member);
  if (!value) return std::nullopt;
  check_length(*value, member);
  if (!std::all_of(value->begin(), value->end(), allowed)) {
    throw constraint_error(
        *value, member, "Member must satisfy regular expression pattern: " + std::string(pattern));
  }
  return value;
}

AwsError missing(std::string_view member) {
  return invalid_parameter(core::null_violation(member));
}

}  // namespace

AwsError invalid_parameter(const std::string& message) {
  return AwsError("InvalidParameterException", message);
}

AwsError constraint_error(std::string_view value, std::string_view member,
                          std::string_view constraint) {
  return invalid_parameter(core::violation(value, member, constraint));
}

std::optional<std::string> optional_group_name(const Json& request, std::string_view member) {
  return checked_name(request, member, is_group_character, group_pattern);
}

std::optional<std::string> optional_stream_name(const Json& request, std::string_view member) {
  return checked_name(request, member, is_stream_character, stream_pattern);
}

std::string required_group_name(const Json& request, std::string_view member) {
  const auto name = optional_group_name(request, member);
  if (!name) throw missing(member);
  return *name;
}

std::string required_stream_name(const Json& request, std::string_view member) {
  const auto name = optional_stream_name(request, member);
  if (!name) throw missing(member);
  return *name;
}

std::int64_t limit_member(const Json& request, std::int64_t largest) {
  const auto limit = core::integer_member(request, "limit");
  if (!limit) return largest;
  if (*limit < 1) {
    throw constraint_error(std::to_string(*limit), "limit",
                           "Member must have value greater than or equal to 1");
  }
  if (*limit > largest) {
    throw constraint_error(
        std::to_string(*limit), "limit",
        "Member must have value less than or equal to " + std::to_string(largest));
  }
  return *limit;
}

Group& existing_group(State& state, const core::Scope& scope, const Json& request) {
  auto name = optional_group_name(request, "logGroupName");
  if (!name) {
    name = core::string_member(request, "logGroupIdentifier");
    if (!name) throw missing("logGroupName");
    if (const auto arn = core::Arn::parse(*name)) {
      name = arn->resource.substr(std::min(arn->resource.find(':') + 1, arn->resource.size()));
      if (name->ends_with(":*")) name->resize(name->size() - 2);
    }
  }
  Group* group = state.find_group(scope, *name);
  if (!group) {
    throw AwsError("ResourceNotFoundException", "The specified log group does not exist.");
  }
  return *group;
}

Stream& existing_stream(Group& group, std::string_view name) {
  const auto found = group.streams.find(name);
  if (found == group.streams.end()) {
    throw AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
  }
  return *found->second;
}

std::string group_arn(const core::Scope& scope, std::string_view group) {
  return core::Arn::in(scope, "logs", "log-group:" + std::string(group)).text();
}

}  // namespace votemu::logs
