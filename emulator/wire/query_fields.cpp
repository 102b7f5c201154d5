#include "wire/query_fields.h"

#include <algorithm>

#include "core/text.h"

namespace votemu::wire {

QueryFields::QueryFields(std::string_view query) {
  while (!query.empty()) {
    const auto field = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(field.size() + 1, query.size()));
    if (field.empty()) continue;
    const auto equals = std::min(field.find('='), field.size());
    const auto value = field.substr(std::min(equals + 1, field.size()));
    fields_.emplace_back(core::percent_decode(field.substr(0, equals), true),
                         core::percent_decode(value, true));
  }
}

std::string QueryFields::get(std::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (field == name) return value;
  }
  return "";
}

bool QueryFields::has(std::string_view name) const {
  return std::ranges::any_of(fields_, [name](const auto& field) { return field.first == name; });
}

}  // namespace votemu::wire
