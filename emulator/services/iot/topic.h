// Topic names and topic filters, by MQTT's rules within AWS's limits.
// https://docs.aws.amazon.com/iot/latest/developerguide/topics.html
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace votemu::iot {

// Something can be published to it: UTF-8, within the limits, no wildcards.
bool is_topic_name(std::string_view topic);

// Begins with `$`: AWS's own. votemu has no service that takes messages there.
bool is_reserved_topic(std::string_view topic);

struct TopicFilter {
  std::string_view share;   // the group's name, empty for an ordinary subscription
  std::string_view filter;  // what topics are matched against
};

// Takes `$share/GROUP/FILTER` apart. Empty when the text is no filter; the parts are views into it.
std::optional<TopicFilter> parse_topic_filter(std::string_view text);

// Only `$aws/` has anything to hear.
bool is_reserved_filter(std::string_view filter);

std::vector<std::string_view> topic_levels(std::string_view topic);

}  // namespace votemu::iot
