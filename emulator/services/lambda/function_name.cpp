#include "services/lambda/function_name.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/access_key.h"
#include "core/text.h"
#include "services/lambda/limits.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

constexpr std::string_view name_pattern =
    "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?"
    "([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?";

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return core::is_alphanumeric(c) || c == '-' || c == '_';
  });
}

// The text's parts; no form has more than eight.
struct Parts {
  explicit Parts(std::string_view text) {
    while (count < all.size()) {
      const auto colon = text.find(':');
      all[count++] = text.substr(0, colon);
      if (colon == std::string_view::npos) return;
      text.remove_prefix(colon + 1);
    }
  }

  std::array<std::string_view, 9> all;
  std::size_t count = 0;
};

core::AwsError malformed(std::string_view text) {
  return constraint_error(
      text, "functionName",
      "Member must satisfy regular expression pattern: " + std::string(name_pattern));
}

}  // namespace

std::string function_arn(const core::Scope& scope, std::string_view name) {
  return core::Arn::in(scope, "lambda", "function:" + std::string(name)).text();
}

std::string FunctionName::arn() const {
  return function_arn(scope, name);
}

std::string FunctionName::qualified_arn() const {
  return qualifier.empty() ? arn() : arn() + ":" + qualifier;
}

FunctionName parse_function_name(const core::Scope& scope, std::string_view text) {
  constexpr std::size_t longest = 170;
  if (text.size() > longest) {
    throw constraint_error(text.substr(0, longest), "functionName",
                           "Member must have length less than or equal to 170");
  }
  const Parts split(text);
  const std::span parts(split.all.data(), split.count);
  auto part = parts.begin();
  FunctionName parsed{scope, "", ""};
  std::string_view region = scope.region;
  if (*part == "arn") {
    if (parts.size() < 7 || !parts[1].starts_with("aws") || parts[2] != "lambda" ||
        !core::is_account_id(parts[4]) || parts[5] != "function") {
      throw malformed(text);
    }
    region = parts[3];
    part += 4;
  }
  if (parts.end() - part >= 2 && core::is_account_id(*part) && is_name(part[1])) {
    parsed.scope.account = *part++;
  }
  if (parts.end() - part >= 2 && *part == "function") ++part;
  const auto left = parts.end() - part;
  if (left < 1 || left > 2 || !is_name(*part)) throw malformed(text);
  if (left == 2 && part[1] != "$LATEST" && !is_name(part[1])) throw malformed(text);
  parsed.name = *part;
  if (left == 2) parsed.qualifier = part[1];
  if (parsed.name.size() > limits::max_name_length) {
    throw constraint_error(parsed.name, "functionName",
                           "Member must have length less than or equal to 64");
  }
  if (region != scope.region) {
    throw not_found("Functions from '" + std::string(region) +
                    "' are not reachable in this region ('" + scope.region + "')");
  }
  return parsed;
}

}  // namespace votemu::lambda
