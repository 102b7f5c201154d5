// A queue's attributes: what may be set, AWS's defaults, and the numbers that the queue works with.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"

namespace votemu::sqs {

// Those that a client sets, defaults included, by AWS's names and as AWS spells their values.
using AttributeMap = std::map<std::string, std::string, std::less<>>;

AttributeMap default_attributes();

// The map that results when a client sets `changes` (the request's Attributes, nullptr for none).
// Throws AwsError.
AttributeMap with_changes(const AttributeMap& current, const core::Json* changes);

// The name of an attribute that `wanted` sets to something else than `current` has; "" when there
// is none. `wanted` has been checked by with_changes.
std::string first_difference(const AttributeMap& current, const AttributeMap& with_wanted);

// Whether AWS knows the name at all, as GetQueueAttributes asks for it.
bool is_queue_attribute(std::string_view name);

struct RedrivePolicy {
  std::string dead_letter_arn;
  std::int64_t max_receive_count = 0;
};

struct QueueSettings {
  std::int64_t delay_s = 0;
  std::int64_t max_message_bytes = 0;
  std::int64_t retention_ms = 0;
  std::int64_t wait_time_s = 0;
  std::int64_t visibility_timeout_s = 0;
  std::optional<RedrivePolicy> redrive;

  // From attributes that with_changes() made.
  static QueueSettings from(const AttributeMap& attributes);
};

}  // namespace votemu::sqs
