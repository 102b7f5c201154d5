// What identifies a queue, and the ways in which requests name it.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"

namespace votemu::sqs {

// The same as QueueId, of texts that are someone else's.
struct QueueName {
  std::string_view account;
  std::string_view region;
  std::string_view name;
  auto operator<=>(const QueueName&) const = default;
};

struct QueueId {
  core::Scope scope;
  std::string name;
  auto operator<=>(const QueueId&) const = default;

  QueueName view() const { return {scope.account, scope.region, name}; }
  std::string arn() const { return core::Arn::in(scope, "sqs", name).text(); }
  // `origin` is RequestContext's.
  std::string url(const std::string& origin) const;
};

// For maps that are asked for either.
struct QueueOrder {
  using is_transparent = void;
  bool operator()(const QueueId& a, const QueueId& b) const { return a < b; }
  bool operator()(const QueueId& a, const QueueName& b) const { return a.view() < b; }
  bool operator()(const QueueName& a, const QueueId& b) const { return a < b.view(); }
};

// From a queue's URL (of any host: only account and name in its path matter), its ARN or its bare
// name. What they leave open is `scope`'s. Throws AwsError when it is another service's ARN.
QueueName read_queue_reference(const core::Scope& scope, std::string_view reference);
QueueId parse_queue_reference(const core::Scope& scope, std::string_view reference);
// Nullopt when it is not a queue's ARN.
std::optional<QueueName> read_queue_arn(std::string_view arn);

// Throws AwsError unless the name can be a standard queue's.
void check_queue_name(std::string_view name);

}  // namespace votemu::sqs
