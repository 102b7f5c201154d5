#include "services/sqs/queue_id.h"

#include <algorithm>

#include "core/access_key.h"
#include "services/sqs/errors.h"
#include "services/sqs/limits.h"

namespace votemu::sqs {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

}  // namespace

std::string QueueId::url(const std::string& origin) const {
  return origin + "/" + scope.account + "/" + name;
}

std::optional<QueueName> read_queue_arn(std::string_view arn) {
  const auto next = [&arn] {
    const auto part = arn.substr(0, arn.find(':'));
    arn.remove_prefix(std::min(part.size() + 1, arn.size()));
    return part;
  };
  if (next() != "arn" || !next().starts_with("aws") || next() != "sqs") return std::nullopt;
  QueueName queue;
  queue.region = next();
  queue.account = next();
  queue.name = arn;
  if (queue.name.empty()) return std::nullopt;
  return queue;
}

QueueName read_queue_reference(const core::Scope& scope, std::string_view reference) {
  if (reference.starts_with("arn:")) {
    const auto queue = read_queue_arn(reference);
    if (!queue) throw queue_does_not_exist();
    return *queue;
  }
  while (reference.ends_with('/')) reference.remove_suffix(1);
  const auto name_at = reference.rfind('/');
  if (name_at == std::string_view::npos) return {scope.account, scope.region, reference};
  const std::string_view before = reference.substr(0, name_at);
  const std::string_view account = before.substr(before.rfind('/') + 1);
  return {core::is_account_id(account) ? account : scope.account, scope.region,
          reference.substr(name_at + 1)};
}

QueueId parse_queue_reference(const core::Scope& scope, std::string_view reference) {
  const QueueName queue = read_queue_reference(scope, reference);
  return {{std::string(queue.account), std::string(queue.region)}, std::string(queue.name)};
}

void check_queue_name(std::string_view name) {
  if (name.ends_with(".fifo")) throw invalid_parameter("FIFO queues are not supported yet.");
  if (name.empty() || name.size() > limits::max_queue_name_length ||
      !std::ranges::all_of(name, is_name_character)) {
    throw invalid_parameter(
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  }
}

}  // namespace votemu::sqs
