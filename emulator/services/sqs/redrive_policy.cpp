#include "services/sqs/redrive_policy.h"

#include <algorithm>

#include "core/ids.h"
#include "core/members.h"
#include "services/sqs/errors.h"
#include "services/sqs/limits.h"

namespace votemu::sqs {
namespace {

using core::Json;

// The JSON object in the text; null when it is anything else.
Json parse_object(const std::string& text) {
  try {
    Json parsed = core::parse_json(text);
    return parsed.is_object() ? parsed : Json();
  } catch (const core::AwsError&) {
    return {};
  }
}

bool only_has(const Json& object, std::initializer_list<std::string_view> names) {
  return std::ranges::all_of(object.items(), [&](const auto& member) {
    return std::ranges::find(names, member.key()) != names.end();
  });
}

std::string text_of(const Json& value) {
  return value.is_string() ? value.get<std::string>() : core::dump_json(value);
}

std::int64_t max_receive_count(const Json& value, const std::string& text) {
  try {
    const auto count = core::integer_member({{"count", value}}, "count");
    if (count && *count >= 1 && *count <= limits::max_receive_count) return *count;
  } catch (const core::AwsError&) {
  }
  throw invalid_value(text, "RedrivePolicy",
                      "Invalid value for maxReceiveCount: " + text_of(value) +
                          ", valid values are from 1 to 1000 both inclusive.");
}

core::AwsError unsupported_allow_policy() {
  return invalid_attribute_value(
      "RedriveAllowPolicy",
      "Amazon SQS can't create the redrive allow policy, as it\u2019s in an unsupported format.");
}

core::AwsError invalid_allow_policy(const std::string& text, const std::string& reason) {
  return invalid_value(text, "RedriveAllowPolicy",
                       "Amazon SQS can't create the redrive allow policy. " + reason);
}

void check_source_queues(const Json& sources, const std::string& permission,
                         const std::string& text) {
  const bool are_texts = sources.is_array() && std::ranges::all_of(sources, [](const Json& source) {
                           return source.is_string();
                         });
  if (!are_texts) throw unsupported_allow_policy();
  if (permission != "byQueue") {
    throw invalid_allow_policy(
        text,
        "To specify one or more source queue ARNs, you must set redrivePermission to byQueue.");
  }
  if (sources.size() > limits::max_source_queue_arns) {
    throw invalid_allow_policy(text,
                               "The maximum number of source queue ARNs you can specify is 10.");
  }
}

}  // namespace

RedrivePolicy parse_redrive_policy(const std::string& text) {
  const Json policy = parse_object(text);
  if (!policy.is_object()) {
    throw invalid_attribute_value("RedrivePolicy", "Redrive policy is not a valid JSON map.");
  }
  for (const char* name : {"maxReceiveCount", "deadLetterTargetArn"}) {
    if (!core::find_member(policy, name)) {
      throw invalid_value(
          text, "RedrivePolicy",
          std::string("Redrive policy does not contain mandatory attribute: ") + name + ".");
    }
  }
  if (!only_has(policy, {"maxReceiveCount", "deadLetterTargetArn"})) {
    throw invalid_value(
        text, "RedrivePolicy",
        "Only following attributes are supported: [maxReceiveCount, deadLetterTargetArn].");
  }
  RedrivePolicy parsed;
  parsed.max_receive_count = max_receive_count(policy["maxReceiveCount"], text);
  parsed.dead_letter_arn = text_of(policy["deadLetterTargetArn"]);
  const auto arn = core::Arn::parse(parsed.dead_letter_arn);
  if (!arn || arn->service != "sqs") {
    throw invalid_value(text, "RedrivePolicy",
                        "Only SQS queues are valid resources for deadLetterTargetArn.");
  }
  return parsed;
}

void check_redrive_allow_policy(const std::string& text) {
  const Json policy = parse_object(text);
  if (!policy.is_object() || !only_has(policy, {"redrivePermission", "sourceQueueArns"})) {
    throw unsupported_allow_policy();
  }
  const auto permission = core::find_member(policy, "redrivePermission");
  if (!permission ||
      (*permission != "allowAll" && *permission != "denyAll" && *permission != "byQueue")) {
    throw unsupported_allow_policy();
  }
  const auto sources = core::find_member(policy, "sourceQueueArns");
  if (sources) check_source_queues(*sources, permission->get<std::string>(), text);
  if (*permission == "byQueue" && (!sources || sources->empty())) {
    throw invalid_allow_policy(
        text,
        "When you specify the byQueue permission type, you must also specify "
        "one or more sourceQueueArns values.");
  }
}

bool allows_redrive_from(const std::string& redrive_allow_policy, const std::string& source_arn) {
  const Json policy = parse_object(redrive_allow_policy);
  if (!policy.is_object()) return true;
  const auto permission = core::find_member(policy, "redrivePermission");
  if (!permission || *permission == "allowAll") return true;
  const auto sources = core::find_member(policy, "sourceQueueArns");
  return *permission == "byQueue" && sources &&
         std::ranges::find(*sources, Json(source_arn)) != sources->end();
}

}  // namespace votemu::sqs
