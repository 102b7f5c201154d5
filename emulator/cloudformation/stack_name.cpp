#include "cloudformation/stack_name.h"

#include <algorithm>

#include "cloudformation/limits.h"

namespace votemu::cloudformation {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

std::optional<std::string> name_problem(const std::string& name, const std::string& member) {
  const std::string subject = "1 validation error detected: Value '" + one_line(name) + "' at '" +
                              member + "' failed to satisfy constraint: ";
  const bool fits =
      !name.empty() && is_letter(name[0]) && std::all_of(name.begin(), name.end(), [](char c) {
        return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
      });
  if (!fits) {
    return subject + "Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*";
  }
  if (name.size() > limits::max_stack_name_length) {
    return subject + "Member must have length less than or equal to " +
           std::to_string(limits::max_stack_name_length);
  }
  return std::nullopt;
}

}  // namespace votemu::cloudformation
