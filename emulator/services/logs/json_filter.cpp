#include "services/logs/json_filter.h"

#include <algorithm>

#include "core/aws_error.h"
#include "core/members.h"
#include "services/logs/json_filter_parser.h"

namespace votemu::logs {
namespace {

using core::Json;

bool is_like(std::string_view text, std::string_view pattern) {
  while (!pattern.empty() && pattern[0] != '*') {
    if (text.empty() || text[0] != pattern[0]) return false;
    text.remove_prefix(1);
    pattern.remove_prefix(1);
  }
  if (pattern.empty()) return text.empty();
  const auto last = pattern.rfind('*');
  const std::string_view end = pattern.substr(last + 1);
  if (!text.ends_with(end)) return false;
  text.remove_suffix(end.size());
  // What stands between stars is found as early as it can be.
  pattern = pattern.substr(0, last);
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    const std::string_view part = pattern.substr(0, pattern.find('*'));
    const auto at = text.find(part);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + part.size());
    pattern.remove_prefix(part.size());
  }
  return true;
}

}  // namespace

JsonFilter::JsonFilter(std::string_view pattern) : expression_(JsonFilterParser(pattern).parse()) {}

bool JsonFilter::matches(std::string_view message) const {
  const auto first = message.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || message[first] != '{') return false;
  try {
    return expression_.holds(core::parse_json(message));
  } catch (const core::AwsError&) {
    return false;  // no JSON
  }
}

bool JsonFilter::Expression::holds(const Json& event) const {
  const auto part_holds = [&](const Expression& part) { return part.holds(event); };
  if (kind == Kind::all_of) return std::all_of(parts.begin(), parts.end(), part_holds);
  if (kind == Kind::any_of) return std::any_of(parts.begin(), parts.end(), part_holds);
  return condition.holds(event, 0);
}

bool JsonFilter::Condition::holds(const Json& event, std::size_t step) const {
  if (step == selector.size()) return holds_for(event);
  const bool absent = test == Test::not_exists;
  if (const auto* name = std::get_if<std::string>(&selector[step])) {
    const auto found = event.is_object() ? event.find(*name) : event.end();
    return found == event.end() ? absent : holds(*found, step + 1);
  }
  if (!event.is_array()) return absent;
  if (const auto* index = std::get_if<std::size_t>(&selector[step])) {
    return *index < event.size() ? holds(event[*index], step + 1) : absent;
  }
  return std::any_of(event.begin(), event.end(),
                     [&](const Json& element) { return holds(element, step + 1); });
}

bool JsonFilter::Condition::holds_for(const Json& found) const {
  if (test == Test::not_exists) return false;
  if (test == Test::is) return found == value;
  if (value.is_string()) {
    if (!found.is_string()) return false;
    const bool like =
        is_like(found.get_ref<const std::string&>(), value.get_ref<const std::string&>());
    return test == Test::equal ? like : !like;
  }
  if (!found.is_number()) return false;
  const auto number = found.get<double>();
  const auto wanted = value.get<double>();
  switch (test) {
    case Test::equal:
      return number == wanted;
    case Test::not_equal:
      return number != wanted;
    case Test::less:
      return number < wanted;
    case Test::less_equal:
      return number <= wanted;
    case Test::greater:
      return number > wanted;
    default:
      return number >= wanted;
  }
}

}  // namespace votemu::logs
