// Reads a JSON filter pattern.
#pragma once

#include <string>
#include <string_view>

#include "services/logs/json_filter.h"

namespace votemu::logs {

class JsonFilterParser {
 public:
  explicit JsonFilterParser(std::string_view pattern) : rest_(pattern) {}

  // Throws AwsError InvalidParameterException.
  JsonFilter::Expression parse();

 private:
  using Expression = JsonFilter::Expression;
  using Condition = JsonFilter::Condition;

  Expression any_of(int depth);
  Expression all_of(int depth);
  Expression part(int depth);
  Expression list(int depth, std::string_view separator, Expression::Kind kind,
                  Expression (JsonFilterParser::*next)(int));
  Condition condition();
  std::vector<JsonFilter::Step> selector();
  JsonFilter::Step bracketed_step();
  void test(Condition& condition);
  core::Json value();
  std::string quoted(char mark);

  void skip_blanks();
  bool take(std::string_view token);
  std::string_view take_while(bool (*wanted)(char));

  std::string_view rest_;
  std::size_t conditions_ = 0;
};

}  // namespace votemu::logs
