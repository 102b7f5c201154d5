#include "pipeline/event_source_mappings.h"

#include <array>
#include <utility>

#include "core/aws_error.h"
#include "pipeline/sqs_trigger.h"
#include "pipeline/stream_trigger.h"

namespace votemu::pipeline {
namespace {

bool is_queue(const std::string& source_arn) {
  return source_arn.starts_with("arn:aws:sqs:");
}

// In the order in which Lambda tells what is missing.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
constexpr std::array queue_actions{"ReceiveMessage", "DeleteMessage", "GetQueueAttributes"};
constexpr std::array stream_actions{"GetRecords", "GetShardIterator", "DescribeStream",
                                    "ListStreams"};

core::AwsError missing_permission(const std::string& action, const std::string& service) {
  return core::AwsError(
      "InvalidParameterValueException",
      "The provided execution role does not have permissions to call " + action + " on " + service);
}

void require_queue_rights(const core::Authorizer& role, const std::string& queue_arn) {
  for (const std::string action : queue_actions) {
    if (role.denial({"sqs:" + action, queue_arn})) throw missing_permission(action, "SQS");
  }
}

void require_stream_rights(const core::Authorizer& role, const std::string& stream_arn) {
  for (const std::string action : stream_actions) {
    const bool all = action == "ListStreams";  // of the table
    const std::string resource =
        all ? stream_arn.substr(0, stream_arn.rfind('/')) + "/*" : stream_arn;
    if (role.denial({"dynamodb:" + action, resource})) {
      throw core::AwsError(
          "InvalidParameterValueException",
          "Cannot access stream " + stream_arn +
              ". Please ensure the role can perform the GetRecords, GetShardIterator, "
              "DescribeStream, and ListStreams Actions on your stream in IAM.");
    }
  }
}

}  // namespace

EventSourceMappings::EventSourceMappings(core::Runtime& runtime, dynamodb::Service& dynamodb,
                                         sqs::Service& sqs, lambda::Service& lambda,
                                         FunctionRights rights)
    : runtime_(runtime),
      dynamodb_(dynamodb),
      sqs_(sqs),
      lambda_(lambda),
      rights_(std::move(rights)) {
  lambda_.check_event_sources_with(
      [this](const lambda::EventSourceUse& use) { check_source(use); });
  lambda_.on_mappings_changed([this] { schedule_sync(); });
  sqs_.on_messages_visible([this](const std::string& queue_arn) { wake_source(queue_arn); });
  dynamodb_.on_stream_records([this](const std::string& stream_arn) { wake_source(stream_arn); });
}

void EventSourceMappings::check_source(const lambda::EventSourceUse& use) const {
  const std::string& source_arn = use.source_arn;
  const bool queue = is_queue(source_arn);
  const auto role = rights_ ? rights_(use.scope, use.role_arn, use.function_name) : nullptr;
  if (role && queue) require_queue_rights(*role, source_arn);
  if (role && !queue) require_stream_rights(*role, source_arn);
  if (queue && !sqs_.queue_exists(source_arn)) {
    throw core::AwsError(
        "InvalidParameterValueException",
        "Error occurred while ReceiveMessage. SQS Error Code: "
        "AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified "
        "queue does not exist.");
  }
  if (!queue && !dynamodb_.stream_exists(source_arn)) {
    throw core::AwsError("InvalidParameterValueException", "Stream not found: " + source_arn);
  }
}

void EventSourceMappings::schedule_sync() {
  if (std::exchange(sync_scheduled_, true)) return;
  runtime_.turn.defer([this] {
    sync_scheduled_ = false;
    sync();
  });
}

// A trigger whose mapping did not change keeps what it has under way.
void EventSourceMappings::sync() {
  std::map<std::string, Active> before;  // by uuid
  for (auto& [id, active] : std::exchange(active_, {})) {
    before.emplace(active.mapping.uuid, std::move(active));
  }
  ids_by_source_.clear();
  for (auto& mapping : lambda_.event_source_mappings()) {
    const auto known = before.find(mapping.uuid);
    if (mapping.enabled) {
      const bool unchanged = known != before.end() && known->second.mapping == mapping;
      const TriggerId id = unchanged ? known->second.id : ++last_id_;
      ids_by_source_[mapping.event_source_arn].push_back(id);
      active_[id] =
          unchanged ? std::move(known->second) : Active{id, mapping, make_trigger(mapping, id)};
      if (!unchanged) schedule(id);
    }
    if (known != before.end()) before.erase(known);
  }
  for (const auto& [uuid, gone] : before) gone.trigger->forget();
}

std::unique_ptr<Trigger> EventSourceMappings::make_trigger(
    const lambda::EventSourceMapping& mapping, TriggerId id) {
  Schedule schedule_this = [this, id] { schedule(id); };
  if (is_queue(mapping.event_source_arn)) {
    return std::make_unique<SqsTrigger>(runtime_, mapping, sqs_, lambda_, std::move(schedule_this));
  }
  return std::make_unique<StreamTrigger>(runtime_, mapping, dynamodb_, sqs_, lambda_,
                                         std::move(schedule_this));
}

void EventSourceMappings::wake_source(const std::string& source_arn) {
  const auto found = ids_by_source_.find(source_arn);
  if (found == ids_by_source_.end()) return;
  for (const TriggerId id : found->second) schedule(id);
}

void EventSourceMappings::schedule(TriggerId id) {
  const auto found = active_.find(id);
  if (found == active_.end() || std::exchange(found->second.scheduled, true)) return;
  runtime_.turn.defer([this, id] {
    const auto active = active_.find(id);
    if (active == active_.end()) return;  // it was stopped meanwhile
    active->second.scheduled = false;
    active->second.trigger->run();
  });
}

}  // namespace votemu::pipeline
