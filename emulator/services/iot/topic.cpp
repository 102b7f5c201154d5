#include "services/iot/topic.h"

#include <algorithm>

#include "services/iot/limits.h"
#include "services/iot/mqtt/bytes.h"

namespace votemu::iot {
namespace {

constexpr std::string_view share_prefix = "$share/";
constexpr std::string_view basic_ingest_prefix = "$aws/rules/";

bool is_within_limits(std::string_view topic) {
  return !topic.empty() && topic.size() <= limits::max_topic_bytes &&
         static_cast<std::size_t>(std::ranges::count(topic, '/')) <= limits::max_topic_slashes &&
         mqtt::is_mqtt_utf8(topic);
}

bool has_wildcard(std::string_view text) {
  return text.find_first_of("+#") != text.npos;
}

// A wildcard is a whole level, and `#` the last one.
bool has_good_wildcards(std::string_view filter) {
  const std::vector<std::string_view> levels = topic_levels(filter);
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (!has_wildcard(levels[i])) continue;
    if (levels[i].size() != 1) return false;
    if (levels[i] == "#" && i + 1 != levels.size()) return false;
  }
  return true;
}

}  // namespace

// Basic ingest's first three levels do not count. Only the rule's name may stand there.
bool is_topic_name(std::string_view topic) {
  if (has_wildcard(topic)) return false;
  if (!is_basic_ingest_topic(topic)) return is_within_limits(topic);
  const std::string_view after = topic.substr(basic_ingest_prefix.size());
  const std::size_t end = after.find('/');
  const std::string_view rule = after.substr(0, end);
  return is_within_limits(rule) && (end == after.npos || is_within_limits(after.substr(end + 1)));
}

bool is_reserved_topic(std::string_view topic) {
  return topic.starts_with('$');
}

bool is_basic_ingest_topic(std::string_view topic) {
  return topic.starts_with(basic_ingest_prefix);
}

bool takes_messages(std::string_view topic, bool retain) {
  return !is_reserved_topic(topic) || (is_basic_ingest_topic(topic) && !retain);
}

std::optional<TopicFilter> parse_topic_filter(std::string_view text) {
  TopicFilter parsed{{}, text};
  if (text.starts_with(share_prefix)) {
    const std::string_view shared = text.substr(share_prefix.size());
    const std::size_t end = shared.find('/');
    if (end == 0 || end == shared.npos) return std::nullopt;
    parsed = {shared.substr(0, end), shared.substr(end + 1)};
    if (has_wildcard(parsed.share) || parsed.share.size() > limits::max_topic_bytes) {
      return std::nullopt;
    }
  }
  if (!is_within_limits(parsed.filter) || !has_good_wildcards(parsed.filter)) return std::nullopt;
  return parsed;
}

bool is_reserved_filter(std::string_view filter) {
  return is_reserved_topic(filter) &&
         (!filter.starts_with("$aws/") || is_basic_ingest_topic(filter));
}

std::vector<std::string_view> topic_levels(std::string_view topic) {
  std::vector<std::string_view> levels;
  std::size_t begin = 0;
  for (std::size_t end = topic.find('/'); end != topic.npos; end = topic.find('/', begin)) {
    levels.push_back(topic.substr(begin, end - begin));
    begin = end + 1;
  }
  levels.push_back(topic.substr(begin));
  return levels;
}

}  // namespace votemu::iot
