// Statements of a queue's policy by label. Nothing but the policy is kept.
#include <algorithm>
#include <array>

#include "core/members.h"
#include "services/sqs/errors.h"
#include "services/sqs/limits.h"
#include "services/sqs/operations.h"
#include "services/sqs/request.h"

namespace votemu::sqs {
namespace {

constexpr std::array shareable_actions{
    std::string_view("*"),
    std::string_view("SendMessage"),
    std::string_view("ReceiveMessage"),
    std::string_view("DeleteMessage"),
    std::string_view("ChangeMessageVisibility"),
    std::string_view("GetQueueAttributes"),
    std::string_view("GetQueueUrl"),
    std::string_view("ListDeadLetterSourceQueues"),
    std::string_view("PurgeQueue"),
};

Json policy_of(const Queue& queue) {
  const auto& attributes = queue.definition().attributes;
  const auto policy = attributes.find("Policy");
  Json parsed = policy == attributes.end()
                    ? Json{{"Version", "2008-10-17"}, {"Id", queue.arn() + "/SQSDefaultPolicy"}}
                    : core::parse_json(policy->second);
  if (!parsed.contains("Statement")) parsed["Statement"] = Json::array();
  if (parsed["Statement"].is_object()) parsed["Statement"] = Json::array({parsed["Statement"]});
  if (!parsed["Statement"].is_array()) throw invalid_attribute_value("Policy");
  return parsed;
}

bool has_label(const Json& statement, const std::string& label) {
  const Json* sid = core::find_member(statement, "Sid");
  return sid && *sid == label;
}

// A single element stands by itself, as AWS writes policies.
Json one_or_list(const Json& list) {
  return list.size() == 1 ? list.front() : list;
}

void set_policy(Queues& queues, Queue& queue, const Json& policy) {
  QueueDefinition definition = queue.definition();
  if (policy.at("Statement").empty()) {
    definition.attributes.erase("Policy");
  } else {
    definition.attributes["Policy"] = core::dump_json(policy);
  }
  definition.modified_ms = queues.runtime().clock.now_ms();
  queue.redefine(std::move(definition));
}

Json shared_actions(const std::vector<std::string>& names) {
  if (names.size() > limits::max_permission_actions) {
    throw over_limit(std::to_string(names.size()) + " Actions were found, maximum allowed is 7.");
  }
  Json actions = Json::array();
  for (const auto& name : names) {
    if (std::ranges::find(shareable_actions, name) == shareable_actions.end()) {
      throw invalid_value("SQS:" + name, "ActionName",
                          "Only the queue owner is allowed to invoke this action.");
    }
    actions.push_back("SQS:" + name);
  }
  return actions;
}

}  // namespace

Json add_permission(Queues& queues, const RequestContext& context, const Json& request) {
  Queue& queue = requested_queue(queues, context, request);
  const auto label = required_string(request, "Label");
  const auto accounts = string_list(request, "AWSAccountIds");
  const auto actions = string_list(request, "Actions");
  if (actions.empty()) throw missing_parameter("Actions");
  if (accounts.empty()) throw invalid_value("[]", "PrincipalId", "Unable to verify.");
  Json principals = Json::array();
  for (const auto& account : accounts) principals.push_back("arn:aws:iam::" + account + ":root");

  Json policy = policy_of(queue);
  Json& statements = policy["Statement"];
  if (std::ranges::any_of(statements, [&](const Json& s) { return has_label(s, label); })) {
    throw invalid_value(label, "Label", "Already exists.");
  }
  if (statements.size() >= limits::max_policy_statements) {
    throw over_limit("The maximum number of permissions for the queue is reached.");
  }
  statements.push_back({{"Sid", label},
                        {"Effect", "Allow"},
                        {"Principal", {{"AWS", one_or_list(principals)}}},
                        {"Action", one_or_list(shared_actions(actions))},
                        {"Resource", queue.arn()}});
  set_policy(queues, queue, policy);
  return Json::object();
}

Json remove_permission(Queues& queues, const RequestContext& context, const Json& request) {
  Queue& queue = requested_queue(queues, context, request);
  const auto label = required_string(request, "Label");
  Json policy = policy_of(queue);
  Json kept = Json::array();
  for (const auto& statement : policy["Statement"]) {
    if (!has_label(statement, label)) kept.push_back(statement);
  }
  if (kept.size() == policy["Statement"].size()) {
    throw invalid_value(label, "Label", "can't find label.");
  }
  policy["Statement"] = std::move(kept);
  set_policy(queues, queue, policy);
  return Json::object();
}

}  // namespace votemu::sqs
