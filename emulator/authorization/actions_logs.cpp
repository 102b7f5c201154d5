// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
#include "authorization/actions.h"

namespace votemu::authorization {
namespace {

std::string stream_arn(const Call& call, const std::string& group, const std::string& stream) {
  return call.arn("logs", "log-group:" + group + ":log-stream:" + stream);
}

// By its name, or by an identifier that may be its ARN.
std::string group_name(const Call& call) {
  constexpr std::string_view kind = "log-group:";
  const std::string name = call.text("logGroupName");
  if (!name.empty()) return name;
  const std::string identifier = call.text("logGroupIdentifier");
  const auto arn = core::Arn::parse(identifier);
  if (!arn || !arn->resource.starts_with(kind)) return identifier;
  const std::string group = arn->resource.substr(kind.size());
  return group.substr(0, group.find(':'));
}

// A group is asked for as all its streams, which is why policies write its ARN with ":*".
std::string group_of(const Call& call) {
  return stream_arn(call, group_name(call), "");
}

std::string stream_of(const Call& call) {
  return stream_arn(call, group_name(call), call.text("logStreamName"));
}

// Tags are the one thing that is asked of the group itself.
std::string group_itself(const Call& call) {
  return call.arn("logs", "log-group:" + call.text("logGroupName"));
}

}  // namespace

AccessTable logs_access() {
  AccessTable table;
  for (const std::string operation :
       {"CreateLogGroup", "DeleteLogGroup", "DeleteRetentionPolicy", "DescribeLogStreams",
        "FilterLogEvents", "PutRetentionPolicy"}) {
    table[operation] = asks("logs:" + operation, group_of);
  }
  for (const std::string operation :
       {"CreateLogStream", "DeleteLogStream", "GetLogEvents", "PutLogEvents"}) {
    table[operation] = asks("logs:" + operation, stream_of);
  }
  table["DescribeLogGroups"] =
      asks("logs:DescribeLogGroups", [](const Call& call) { return stream_arn(call, "", ""); });
  for (const std::string operation : {"ListTagsForResource", "TagResource", "UntagResource"}) {
    table[operation] = asks("logs:" + operation, arn_in("resourceArn"));
  }
  for (const std::string operation : {"ListTagsLogGroup", "TagLogGroup", "UntagLogGroup"}) {
    table[operation] = asks("logs:" + operation, group_itself);
  }
  return table;
}

}  // namespace votemu::authorization
