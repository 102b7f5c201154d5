// Filter patterns: of terms, "phrases", ?optional and -excluded ones, or of a JSON object's
// members. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/logs/json_filter.h"

namespace votemu::logs {

class FilterPattern {
 public:
  // Throws AwsError InvalidParameterException for a pattern that is malformed or of a kind that is
  // not served: space-delimited `[…]` and `%regular expressions%`.
  explicit FilterPattern(std::string_view pattern);

  bool matches(std::string_view message) const;

 private:
  std::optional<JsonFilter> json_;  // then there are no terms
  std::vector<std::string> required_;
  std::vector<std::string> optional_;  // at least one, when nothing is required
  std::vector<std::string> excluded_;
};

}  // namespace votemu::logs
