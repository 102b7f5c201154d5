// CreateLogGroup, DeleteLogGroup, DescribeLogGroups, PutRetentionPolicy, DeleteRetentionPolicy.
#include <algorithm>
#include <array>

#include "core/aws_error.h"
#include "core/members.h"
#include "services/logs/limits.h"
#include "services/logs/operations.h"
#include "services/logs/tags.h"
#include "services/logs/validation.h"

namespace votemu::logs {
namespace {

using core::AwsError;
using core::Json;
using core::RequestContext;

constexpr std::array<std::int64_t, 22> retention_choices = {
    1,   3,   5,   7,   14,   30,   60,   90,   120,  150,  180,
    365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653};

Json create_log_group(Shelf shelf, const RequestContext& context, const Json& request) {
  const std::string name = required_group_name(request, "logGroupName");
  const auto tags = tags_member(request, "tags");
  if (shelf.state.find_group(context.scope, name)) {
    throw AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
  }
  Group* group = shelf.state.create_group(context.scope, name, shelf.clock.now_ms());
  if (!group) throw AwsError("LimitExceededException", "Resource limit exceeded.");
  group->tags = tags;
  shelf.state.write(*group);
  return Json::object();
}

Json delete_log_group(Shelf shelf, const RequestContext& context, const Json& request) {
  const std::string name = existing_group(shelf.state, context.scope, request).name;
  shelf.state.delete_group(context.scope, name);
  return Json::object();
}

Json described(const core::Scope& scope, const Group& group) {
  const std::string arn = group_arn(scope, group.name);
  Json description = {{"logGroupName", group.name}, {"creationTime", group.created_ms},
                      {"metricFilterCount", 0},     {"arn", arn + ":*"},
                      {"logGroupArn", arn},         {"logGroupClass", "STANDARD"},
                      {"storedBytes", group.bytes}};
  if (group.retention_days) description["retentionInDays"] = *group.retention_days;
  return description;
}

Json describe_log_groups(Shelf shelf, const RequestContext& context, const Json& request) {
  const std::string prefix = optional_group_name(request, "logGroupNamePrefix").value_or("");
  const std::string pattern = core::string_member(request, "logGroupNamePattern").value_or("");
  if (!prefix.empty() && !pattern.empty()) {
    throw invalid_parameter(
        "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  }
  const auto limit = static_cast<std::size_t>(limit_member(request, limits::max_described));
  const std::string after = core::string_member(request, "nextToken").value_or("");

  Json groups = Json::array();
  Json response = Json::object();
  const auto& all = shelf.state.groups(context.scope);
  std::string last;
  for (auto at = all.upper_bound(after); at != all.end(); ++at) {
    const std::string& name = at->first;
    if (!name.starts_with(prefix) || name.find(pattern) == std::string::npos) continue;
    if (groups.size() == limit) {
      response["nextToken"] = last;
      break;
    }
    groups.push_back(described(context.scope, at->second));
    last = name;
  }
  response["logGroups"] = std::move(groups);
  return response;
}

Json put_retention_policy(Shelf shelf, const RequestContext& context, const Json& request) {
  const std::int64_t days = core::integer_member(request, "retentionInDays").value_or(0);
  if (std::find(retention_choices.begin(), retention_choices.end(), days) ==
      retention_choices.end()) {
    throw constraint_error(std::to_string(days), "retentionInDays",
                           "Member must satisfy enum value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, "
                           "150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, "
                           "2922, 3288, 3653]");
  }
  Group& group = existing_group(shelf.state, context.scope, request);
  group.retention_days = days;
  shelf.state.write(group);
  return Json::object();
}

Json delete_retention_policy(Shelf shelf, const RequestContext& context, const Json& request) {
  Group& group = existing_group(shelf.state, context.scope, request);
  group.retention_days.reset();
  shelf.state.write(group);
  return Json::object();
}

}  // namespace

void add_group_operations(core::OperationTable& table, Shelf shelf) {
  const auto add = [&](const char* name, Json (*run)(Shelf, const RequestContext&, const Json&)) {
    table[name] = [shelf, run](const RequestContext& context, const Json& request) {
      return run(shelf, context, request);
    };
  };
  add("CreateLogGroup", create_log_group);
  add("DeleteLogGroup", delete_log_group);
  add("DescribeLogGroups", describe_log_groups);
  add("PutRetentionPolicy", put_retention_policy);
  add("DeleteRetentionPolicy", delete_retention_policy);
}

}  // namespace votemu::logs
