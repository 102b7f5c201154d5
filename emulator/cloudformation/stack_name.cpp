#include "cloudformation/stack_name.h"

#include <algorithm>

#include "cloudformation/limits.h"
#include "core/constraints.h"
#include "core/text.h"

namespace votemu::cloudformation {
namespace {

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

std::optional<std::string> name_problem(const std::string& name, const std::string& member) {
  const auto violated = [&](const std::string& constraint) {
    return core::violation(one_line(name), member, constraint);
  };
  const bool fits = !name.empty() && core::is_letter(name[0]) &&
                    std::all_of(name.begin(), name.end(),
                                [](char c) { return core::is_alphanumeric(c) || c == '-'; });
  if (!fits) {
    return violated("Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
  }
  if (name.size() > limits::max_stack_name_length) {
    return violated("Member must have length less than or equal to " +
                    std::to_string(limits::max_stack_name_length));
  }
  return std::nullopt;
}

std::string_view name_in_stack_id(std::string_view id) {
  const auto begin = id.find('/');
  if (begin == std::string_view::npos) return {};
  const auto end = id.find('/', begin + 1);
  return id.substr(begin + 1, end == std::string_view::npos ? end : end - begin - 1);
}

}  // namespace votemu::cloudformation
