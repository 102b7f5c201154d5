#include "services/cognito/rules.h"

#include <algorithm>

#include "core/members.h"
#include "core/text.h"
#include "services/cognito/limits.h"

namespace votemu::cognito {
namespace {

using core::AwsError;
using core::Json;
using core::TextRule;

bool is_word(char c) {
  return core::is_alphanumeric(c) || c == '_';
}

// One or more characters, each a letter, a digit, '_' or one of `others`.
bool is_made_of(std::string_view text, std::string_view others) {
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_word(c) || others.find(c) != std::string_view::npos;
  });
}

bool is_identity_id(std::string_view text) {
  const auto colon = text.find(':');
  return colon != std::string_view::npos && is_made_of(text.substr(0, colon), "-") &&
         colon + 1 < text.size() &&
         text.find_first_not_of("0123456789abcdef-", colon + 1) == std::string_view::npos;
}

bool is_user_pool_id(std::string_view text) {
  const auto underscore = text.rfind('_');
  return underscore != std::string_view::npos && is_made_of(text.substr(0, underscore), "-") &&
         is_made_of(text.substr(underscore + 1), "");
}

}  // namespace

AwsError invalid_parameter(const std::string& message) {
  return AwsError("InvalidParameterException", message);
}

AwsError not_authorized(const std::string& message) {
  return AwsError("NotAuthorizedException", message);
}

AwsError not_found(const std::string& message) {
  return AwsError("ResourceNotFoundException", message);
}

const TextRule identity_id_rule{.least = 1,
                                .most = limits::max_id_length,
                                .pattern = "[\\w-]+:[0-9a-f-]+",
                                .matches = is_identity_id};
const TextRule user_pool_id_rule{.least = 1,
                                 .most = limits::max_id_length,
                                 .pattern = "[\\w-]+_[0-9a-zA-Z]+",
                                 .matches = is_user_pool_id};
const TextRule client_id_rule{
    .least = 1,
    .most = limits::max_name_length,
    .pattern = "[\\w+]+",
    .matches = [](std::string_view text) { return is_made_of(text, "+"); }};
const TextRule name_rule{
    .least = 1,
    .most = limits::max_name_length,
    .pattern = "[\\w\\s+=,.@-]+",
    .matches = [](std::string_view text) { return is_made_of(text, " \t\n\r\f\v+=,.@-"); }};
const TextRule arn_rule{.least = limits::min_arn_length, .most = limits::max_arn_length};
const TextRule provider_name_rule{
    .least = 1,
    .most = limits::max_provider_length,
    .pattern = "[\\w._:/-]+",
    .matches = [](std::string_view text) { return is_made_of(text, "._:/-"); }};
const TextRule client_of_provider_rule{
    .least = 1,
    .most = limits::max_provider_length,
    .pattern = "[\\w_]+",
    .matches = [](std::string_view text) { return is_made_of(text, ""); }};
const TextRule developer_provider_rule{
    .least = 1,
    .most = limits::max_provider_length,
    .pattern = "[\\w._-]+",
    .matches = [](std::string_view text) { return is_made_of(text, "._-"); }};

Json tags_member(const core::Constraints& check, const Json& request, std::string_view member) {
  const Json* given = core::object_member(request, member);
  Json tags = Json::object();
  if (!given) return tags;
  for (const auto& [key, unused] : given->items()) {
    const std::string value = core::string_member(*given, key).value_or("");
    if (key.empty() || key.size() > limits::max_tag_key_length) {
      check.fail(key, member,
                 "Map keys must satisfy constraint: [Member must have length less than or equal to "
                 "128, Member must have length greater than or equal to 1]");
    }
    if (value.size() > limits::max_tag_value_length) {
      check.fail(
          value, member,
          "Map value must satisfy constraint: [Member must have length less than or equal to "
          "256, Member must have length greater than or equal to 0]");
    }
    tags[key] = value;
  }
  return tags;
}

void check_tag_count(const Json& tags) {
  if (tags.size() <= limits::max_tags) return;
  throw invalid_parameter("Too many tags");
}

std::string row_text(const Json& row) {
  std::string text = core::dump_json(row);
  if (text.size() > limits::max_row_bytes) {
    throw invalid_parameter("The request is too large.");
  }
  return text;
}

}  // namespace votemu::cognito
