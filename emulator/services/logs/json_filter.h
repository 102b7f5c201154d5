// Filter patterns for events that are JSON objects: `{ ($.level = "ERROR" || $.code >= 500) &&
// $.user.name != "test*" }`.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/json.h"

namespace votemu::logs {

class JsonFilter {
 public:
  // Throws AwsError InvalidParameterException.
  explicit JsonFilter(std::string_view pattern);

  bool matches(std::string_view message) const;

 private:
  friend class JsonFilterParser;

  enum class Test { equal, not_equal, less, less_equal, greater, greater_equal, is, not_exists };

  // A member's name, an element's index, or any element.
  struct AnyElement {};
  using Step = std::variant<std::string, std::size_t, AnyElement>;

  struct Condition {
    std::vector<Step> selector;
    Test test = Test::equal;
    core::Json value;  // a text may have '*' for any text

    bool holds(const core::Json& event, std::size_t step) const;
    bool holds_for(const core::Json& value) const;
  };

  struct Expression {
    enum class Kind { all_of, any_of, condition } kind = Kind::condition;
    std::vector<Expression> parts;
    Condition condition;

    bool holds(const core::Json& event) const;
  };

  Expression expression_;
};

}  // namespace votemu::logs
