#include "core/ids.h"

#include <array>

namespace votemu::core {

Arn Arn::in(const Scope& scope, std::string_view service, std::string_view resource) {
  return {std::string(service), scope.region, scope.account, std::string(resource)};
}

std::optional<Arn> Arn::parse(std::string_view text) {
  std::array<std::string_view, 5> head;  // arn, partition, service, region, account
  for (auto& part : head) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    part = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (head[0] != "arn" || !head[1].starts_with("aws") || head[2].empty() || text.empty()) {
    return std::nullopt;
  }
  return Arn{std::string(head[2]), std::string(head[3]), std::string(head[4]), std::string(text)};
}

std::string Arn::text() const {
  return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
}

}  // namespace votemu::core
