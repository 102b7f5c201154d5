// What chooses events: CloudWatch Logs' filter patterns and Lambda's event filters.
//
// An input is a byte for the kind, a pattern, a line's end and the event.
#include <algorithm>
#include <optional>
#include <string>

#include "core/aws_error.h"
#include "core/json.h"
#include "pipeline/event_filter.h"
#include "services/logs/filter_pattern.h"
#include "tests/fuzz/input.h"
#include "tests/fuzz/require.h"

namespace votemu {
namespace {

using core::Json;
using fuzz::require;
using logs::FilterPattern;

// Nothing for a pattern that is refused.
std::optional<bool> matches(const std::string& pattern, std::string_view message) {
  try {
    return FilterPattern(pattern).matches(message);
  } catch (const core::AwsError& error) {
    require(error.code() == "InvalidParameterException", "mistakes are told as AWS does");
    return std::nullopt;
  }
}

void check_log_pattern(const std::string& pattern, std::string_view message) {
  const auto matched = matches(pattern, message);
  require(matches(" " + pattern + " ", message) == matched, "blanks around a pattern are nothing");
  if (!matched || !pattern.starts_with('{')) return;
  const auto inner = pattern.substr(1, pattern.rfind('}') - 1);
  require(matches("{(" + inner + ")}", message).value_or(*matched) == *matched,
          "parentheses around all change nothing");
  require(matches("{" + inner + "||" + inner + "}", message).value_or(*matched) == *matched,
          "either of two that are one is that one");
}

void check_phrase(std::string_view message) {
  std::string phrase = "\"";
  for (const char c : message) {
    if (c == '"' || c == '\\') phrase += '\\';
    phrase += c;
  }
  phrase += '"';
  require(matches(phrase, message) == true, "a message has itself as a phrase");
  require(matches("-" + phrase, message) == false, "a phrase can be excluded");
  require(matches("?" + phrase + " ?other", message) == true, "one of two is enough");
}

bool passes(const std::string& pattern, const Json& record) {
  const Json criteria{{"Filters", {{{"Pattern", pattern}}}}};
  return pipeline::EventFilter(criteria).passes(record);
}

void check_event_filter(const std::string& pattern, const Json& record) {
  const bool passed = passes(pattern, record);
  require(passes("{\"$or\":[" + pattern + "]}", record) == passed || !Json::accept(pattern),
          "one alternative is what it says");
  const Json twice{{"Filters", {{{"Pattern", "{\"none\":[1]"}}, {{"Pattern", pattern}}}}};
  require(pipeline::EventFilter(twice).passes(record) == passed, "any filter lets through");
}

}  // namespace
}  // namespace votemu

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace votemu;
  fuzz::Input input(data, size);
  const auto kind = input.below(3);
  const auto rest = input.rest();
  const auto end = std::min(rest.find('\n'), rest.size());
  const std::string pattern(rest.substr(0, end));
  const auto event = rest.substr(std::min(end + 1, rest.size()));
  if (kind == 0) {
    check_log_pattern(pattern, event);
  } else if (kind == 1) {
    if (!event.empty()) check_phrase(event);
  } else {
    const auto record = core::Json::parse(event, nullptr, false);
    if (record.is_object()) check_event_filter(pattern, record);
  }
  return 0;
}
