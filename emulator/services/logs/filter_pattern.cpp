#include "services/logs/filter_pattern.h"

#include <algorithm>

#include "core/aws_error.h"
#include "services/logs/limits.h"

namespace votemu::logs {
namespace {

constexpr std::string_view blanks = " \t\r\n";

[[noreturn]] void throw_invalid() {
  throw core::AwsError("InvalidParameterException", "Invalid filter pattern");
}

// Takes "a phrase" (with \" and \\ inside) or a word from the front.
std::string take_term(std::string_view& rest) {
  if (!rest.starts_with('"')) {
    const auto end = std::min(rest.find_first_of(blanks), rest.size());
    std::string word(rest.substr(0, end));
    rest.remove_prefix(end);
    if (word.find('"') != std::string::npos) throw_invalid();
    return word;
  }
  std::string phrase;
  std::size_t at = 1;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
    phrase += rest[at];
  }
  if (at == rest.size()) throw_invalid();
  rest.remove_prefix(at + 1);
  return phrase;
}

}  // namespace

FilterPattern::FilterPattern(std::string_view pattern) {
  std::string_view rest = pattern;
  rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
  if (rest.starts_with('{')) {
    json_.emplace(rest);
    return;
  }
  std::size_t terms = 0;
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(blanks), rest.size()));
    if (rest.empty()) return;
    if (rest[0] == '{' || rest[0] == '[' || rest[0] == '%') throw_invalid();
    if (++terms > limits::max_filter_terms) throw_invalid();
    auto* kind = &required_;
    if (rest[0] == '?' || rest[0] == '-') {
      kind = rest[0] == '?' ? &optional_ : &excluded_;
      rest.remove_prefix(1);
    }
    std::string term = take_term(rest);
    if (term.empty()) throw_invalid();
    kind->push_back(std::move(term));
  }
}

bool FilterPattern::matches(std::string_view message) const {
  if (json_) return json_->matches(message);
  const auto contained = [message](const std::string& term) {
    return message.find(term) != std::string_view::npos;
  };
  if (std::any_of(excluded_.begin(), excluded_.end(), contained)) return false;
  if (!required_.empty()) return std::all_of(required_.begin(), required_.end(), contained);
  return optional_.empty() || std::any_of(optional_.begin(), optional_.end(), contained);
}

}  // namespace votemu::logs
