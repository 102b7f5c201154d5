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

std::string QueueId::arn() const {
  constexpr std::string_view beginning = "arn:aws:sqs:";
  std::string arn;
  arn.reserve(beginning.size() + scope.region.size() + scope.account.size() + name.size() + 2);
  arn.append(beginning).append(scope.region).append(":").append(scope.account);
  return arn.append(":").append(name);
}

std::string QueueId::url(const std::string& origin) const {
  return origin + "/" + scope.account + "/" + name;
}

QueueId parse_queue_reference(const core::Scope& scope, std::string_view reference) {
  if (reference.starts_with("arn:")) {
    const auto arn = core::Arn::parse(reference);
    if (!arn || arn->service != "sqs") throw queue_does_not_exist();
    return {arn->scope(), arn->resource};
  }
  while (reference.ends_with('/')) reference.remove_suffix(1);
  QueueId id{scope, {}};
  const auto name_at = reference.rfind('/');
  if (name_at == std::string_view::npos) {
    id.name = reference;
    return id;
  }
  id.name = reference.substr(name_at + 1);
  const std::string_view before = reference.substr(0, name_at);
  const std::string_view account = before.substr(before.rfind('/') + 1);
  if (core::is_account_id(account)) id.scope.account = account;
  return id;
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
