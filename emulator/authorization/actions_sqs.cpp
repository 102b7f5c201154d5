// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
#include "authorization/actions.h"
#include "core/aws_error.h"
#include "services/sqs/queue_id.h"

namespace votemu::authorization {
namespace {

std::string queue_of(const Call& call) {
  try {
    return sqs::parse_queue_reference(call.scope, call.text("QueueUrl")).arn();
  } catch (const core::AwsError&) {
    return "*";
  }
}

std::string named_queue(const Call& call) {
  sqs::QueueId id{call.scope, call.text("QueueName")};
  const std::string owner = call.text("QueueOwnerAWSAccountId");
  if (!owner.empty()) id.scope.account = owner;
  return id.arn();
}

}  // namespace

AccessTable sqs_access() {
  AccessTable table;
  for (const std::string operation :
       {"AddPermission", "ChangeMessageVisibility", "DeleteMessage", "DeleteQueue",
        "GetQueueAttributes", "ListDeadLetterSourceQueues", "ListQueueTags", "PurgeQueue",
        "ReceiveMessage", "RemovePermission", "SendMessage", "SetQueueAttributes", "TagQueue",
        "UntagQueue"}) {
    table[operation] = asks("sqs:" + operation, queue_of);
  }
  for (const std::string operation : {"ChangeMessageVisibility", "DeleteMessage", "SendMessage"}) {
    table[operation + "Batch"] = table[operation];
  }
  for (const std::string operation : {"CreateQueue", "GetQueueUrl"}) {
    table[operation] = asks("sqs:" + operation, named_queue);
  }
  table["ListQueues"] =
      asks("sqs:ListQueues", [](const Call& call) { return call.arn("sqs", ""); });
  return table;
}

}  // namespace votemu::authorization
