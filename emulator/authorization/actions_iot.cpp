// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiot.html
#include "authorization/actions.h"
#include "core/members.h"

namespace votemu::authorization {
namespace {

std::string topic_of(const Call& call) {
  return call.arn("iot", "topic/" + call.text("topic"));
}

bool is_retained(const Call& call) {
  const core::Json* retain = core::find_member(call.members, "retain");
  return retain && (*retain == true || *retain == "true");
}

Accesses publish(const Call& call) {
  Accesses accesses{{"iot:Publish", topic_of(call)}};
  if (is_retained(call)) accesses.push_back({"iot:RetainPublish", topic_of(call)});
  return accesses;
}

}  // namespace

AccessTable iot_access() {
  return {
      {"Publish", publish},
      {"GetRetainedMessage", asks("iot:GetRetainedMessage", topic_of)},
      {"ListRetainedMessages", asks("iot:ListRetainedMessages")},
      {"DescribeEndpoint", asks("iot:DescribeEndpoint")},
  };
}

}  // namespace votemu::authorization
