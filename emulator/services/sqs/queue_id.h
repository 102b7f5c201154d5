// What identifies a queue, and the ways in which requests name it.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "core/ids.h"

namespace votemu::sqs {

struct QueueId {
  core::Scope scope;
  std::string name;
  auto operator<=>(const QueueId&) const = default;

  std::string arn() const;
  // `origin` is RequestContext's.
  std::string url(const std::string& origin) const;
};

// From a queue's URL (of any host: only account and name in its path matter), its ARN or its bare
// name. What they leave open is `scope`'s.
QueueId parse_queue_reference(const core::Scope& scope, std::string_view reference);

// Throws AwsError unless the name can be a standard queue's.
void check_queue_name(std::string_view name);

}  // namespace votemu::sqs
