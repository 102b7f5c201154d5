#include "services/logs/json_filter_parser.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdlib>

#include "core/aws_error.h"
#include "services/logs/limits.h"

namespace votemu::logs {
namespace {

[[noreturn]] void throw_invalid() {
  throw core::AwsError("InvalidParameterException", "Invalid filter pattern");
}

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_word(char c) {
  return is_name(c) || std::string_view("*./:+@#?").find(c) != std::string_view::npos;
}

}  // namespace

JsonFilter::Expression JsonFilterParser::parse() {
  skip_blanks();
  if (!take("{")) throw_invalid();
  Expression expression = any_of(0);
  if (!take("}")) throw_invalid();
  if (!rest_.empty()) throw_invalid();
  return expression;
}

JsonFilter::Expression JsonFilterParser::any_of(int depth) {
  return list(depth, "||", Expression::Kind::any_of, &JsonFilterParser::all_of);
}

JsonFilter::Expression JsonFilterParser::all_of(int depth) {
  return list(depth, "&&", Expression::Kind::all_of, &JsonFilterParser::part);
}

JsonFilter::Expression JsonFilterParser::list(int depth, std::string_view separator,
                                              Expression::Kind kind,
                                              Expression (JsonFilterParser::*next)(int)) {
  Expression expression;
  expression.kind = kind;
  do {
    expression.parts.push_back((this->*next)(depth));
  } while (take(separator));
  return expression;
}

JsonFilter::Expression JsonFilterParser::part(int depth) {
  if (depth > limits::max_filter_depth) throw_invalid();
  if (take("(")) {
    Expression inner = any_of(depth + 1);
    if (!take(")")) throw_invalid();
    return inner;
  }
  if (++conditions_ > limits::max_filter_terms) throw_invalid();
  Expression expression;
  expression.condition = condition();
  return expression;
}

JsonFilter::Condition JsonFilterParser::condition() {
  Condition condition;
  condition.selector = selector();
  test(condition);
  return condition;
}

// $.name.name[0]['any name'][*]
std::vector<JsonFilter::Step> JsonFilterParser::selector() {
  std::vector<JsonFilter::Step> steps;
  if (!rest_.starts_with('$')) throw_invalid();
  rest_.remove_prefix(1);
  while (rest_.starts_with('.') || rest_.starts_with('[')) {
    const bool named = rest_[0] == '.';
    rest_.remove_prefix(1);
    if (named) {
      steps.emplace_back(std::string(take_while(is_name)));
      if (std::get<std::string>(steps.back()).empty()) throw_invalid();
    } else {
      steps.push_back(bracketed_step());
      if (!rest_.starts_with(']')) throw_invalid();
      rest_.remove_prefix(1);
    }
  }
  if (steps.empty()) throw_invalid();
  skip_blanks();
  return steps;
}

JsonFilter::Step JsonFilterParser::bracketed_step() {
  if (rest_.starts_with('*')) {
    rest_.remove_prefix(1);
    return JsonFilter::AnyElement{};
  }
  if (rest_.starts_with('\'') || rest_.starts_with('"')) return quoted(rest_[0]);
  const std::string_view digits = take_while(is_digit);
  std::size_t index = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (parsed.ec != std::errc()) throw_invalid();
  return index;
}

void JsonFilterParser::test(Condition& condition) {
  using Test = JsonFilter::Test;
  struct Operator {
    std::string_view token;
    Test test;
  };
  static constexpr std::array<Operator, 6> operators = {{{"!=", Test::not_equal},
                                                         {"<=", Test::less_equal},
                                                         {">=", Test::greater_equal},
                                                         {"<", Test::less},
                                                         {">", Test::greater},
                                                         {"=", Test::equal}}};
  if (take("NOT")) {
    if (!take("EXISTS")) throw_invalid();
    condition.test = Test::not_exists;
    return;
  }
  if (take("IS")) {
    condition.test = Test::is;
    if (take("NULL")) return;
    condition.value = take("TRUE");
    if (!condition.value.get<bool>() && !take("FALSE")) throw_invalid();
    return;
  }
  const auto found = std::find_if(operators.begin(), operators.end(),
                                  [this](const Operator& known) { return take(known.token); });
  if (found == operators.end()) throw_invalid();
  condition.test = found->test;
  condition.value = value();
  const bool ordered = found->test != Test::equal && found->test != Test::not_equal;
  if (ordered && !condition.value.is_number()) throw_invalid();
}

// "a text", a number or a word.
core::Json JsonFilterParser::value() {
  core::Json value;
  if (rest_.starts_with('"')) {
    value = quoted('"');
  } else {
    const std::string word(take_while(is_word));
    if (word.empty()) throw_invalid();
    char* end = nullptr;
    const double number = std::strtod(word.c_str(), &end);
    const bool is_number = end == word.c_str() + word.size() &&
                           (is_digit(word[0]) || word[0] == '-' || word[0] == '.');
    value = is_number ? core::Json(number) : core::Json(word);
  }
  skip_blanks();
  return value;
}

std::string JsonFilterParser::quoted(char mark) {
  rest_.remove_prefix(1);
  std::string text;
  while (!rest_.empty() && rest_[0] != mark) {
    if (rest_[0] == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
    text += rest_[0];
    rest_.remove_prefix(1);
  }
  if (rest_.empty()) throw_invalid();
  rest_.remove_prefix(1);
  return text;
}

void JsonFilterParser::skip_blanks() {
  rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
}

bool JsonFilterParser::take(std::string_view token) {
  if (!rest_.starts_with(token)) return false;
  rest_.remove_prefix(token.size());
  skip_blanks();
  return true;
}

std::string_view JsonFilterParser::take_while(bool (*wanted)(char)) {
  const auto end = std::find_if_not(rest_.begin(), rest_.end(), wanted);
  const auto taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
  rest_.remove_prefix(taken.size());
  return taken;
}

}  // namespace votemu::logs
