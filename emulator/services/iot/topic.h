// Topic names and topic filters, by MQTT's rules within AWS's limits.
// https://docs.aws.amazon.com/iot/latest/developerguide/topics.html
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace votemu::iot {

// Something can be published to it: UTF-8, within the limits, no wildcards.
bool is_topic_name(std::string_view topic);

// Begins with `$`: AWS's own.
// https://docs.aws.amazon.com/iot/latest/developerguide/reserved-topics.html
bool is_reserved_topic(std::string_view topic);

// `$aws/rules/RULE/…`: for a rule alone, past all subscribers. The one reserved topic that takes
// messages: there are no rules, and what is for a rule that does not exist AWS accepts and drops.
// https://docs.aws.amazon.com/iot/latest/developerguide/iot-basic-ingest.html
bool is_basic_ingest_topic(std::string_view topic);

// Whether a client may publish to a topic name, by what the topic is.
bool takes_messages(std::string_view topic, bool retain);

struct TopicFilter {
  std::string_view share;   // the group's name, empty for an ordinary subscription
  std::string_view filter;  // what topics are matched against
};

// Takes `$share/GROUP/FILTER` apart. Empty when the text is no filter; the parts are views into it.
std::optional<TopicFilter> parse_topic_filter(std::string_view text);

// Nobody may subscribe to it: only `$aws/` has anything to hear, and basic ingest has not.
bool is_reserved_filter(std::string_view filter);

std::vector<std::string_view> topic_levels(std::string_view topic);

}  // namespace votemu::iot
