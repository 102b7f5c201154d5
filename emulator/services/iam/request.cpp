#include "services/iam/request.h"

#include <algorithm>

#include "core/members.h"
#include "core/text.h"
#include "services/iam/errors.h"
#include "services/iam/limits.h"

namespace votemu::iam {
namespace {

using core::Json;
using core::TextRule;

bool is_name(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return core::is_alphanumeric(c) ||
           std::string_view("_+=,.@-").find(c) != std::string_view::npos;
  });
}

// Beyond ASCII everything is taken for a letter.
bool is_tag_text(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || core::is_alphanumeric(c) ||
           std::string_view(" _.:/=+-@").find(c) != std::string_view::npos;
  });
}

// What lies beyond ASCII is negative.
bool is_graphic(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '!'; });
}

bool is_path(std::string_view text) {
  if (text == "/") return true;
  return text.size() > 2 && text.front() == '/' && text.back() == '/' && is_graphic(text);
}

// Unicode up to U+00FF without control characters, as UTF-8.
bool is_latin(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || byte == '\n' || byte == '\r' || (byte >= 0x20 && byte <= 0xC3);
  });
}

bool is_description(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || byte == '\n' || byte == '\r' || (byte >= 0x20 && byte != 0x7F);
  });
}

bool is_version(std::string_view text) {
  return text.size() > 1 && text[0] == 'v' && text[1] >= '1' && text[1] <= '9' &&
         std::ranges::all_of(text.substr(2), [](char c) {
           return core::is_alphanumeric(c) || c == '.' || c == '-';
         });
}

constexpr TextRule arn_rule{.least = limits::min_arn_length, .most = limits::max_arn_length};
constexpr TextRule description_rule{
    .most = limits::max_description_length,
    .pattern = "[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*",
    .matches = is_description};
constexpr TextRule version_rule{.pattern = "v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?",
                                .matches = is_version};
constexpr TextRule tag_key_rule{.least = 1,
                                .most = limits::max_tag_key_length,
                                .pattern = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+",
                                .matches = is_tag_text};
constexpr TextRule tag_value_rule{.most = limits::max_tag_value_length,
                                  .pattern = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*",
                                  .matches = is_tag_text};

}  // namespace

std::string Request::role_name() {
  constraints_.require("RoleName");
  return name("RoleName", limits::max_role_name_length).value_or("");
}

std::string Request::policy_name() {
  constraints_.require("PolicyName");
  return name("PolicyName", limits::max_policy_name_length).value_or("");
}

std::string Request::policy_document(std::string_view member) {
  std::string document = required_text(member, limits::max_document_length);
  if (!is_latin(document)) refuse(member, "It must contain only printable ASCII characters.");
  return document;
}

std::string Request::version_id() const {
  return constraints_.required_text("VersionId", version_rule);
}

std::optional<std::string> Request::name(std::string_view member, std::size_t longest) {
  auto value = text(member, longest);
  if (value && !is_name(*value)) {
    refuse(member, "It must contain only alphanumeric characters and/or the following: +=,.@_-");
  }
  return value;
}

std::optional<std::string> Request::arn(std::string_view member) const {
  return constraints_.text(member, arn_rule);
}

std::string Request::required_arn(std::string_view member) const {
  return constraints_.required_text(member, arn_rule);
}

std::optional<std::string> Request::description() const {
  return constraints_.text("Description", description_rule);
}

std::string Request::path() {
  const auto value = text("Path", limits::max_path_length);
  if (value && !is_path(*value)) {
    refuse("Path",
           "It must begin and end with / and contain only alphanumeric characters and/or / "
           "characters.");
  }
  return value.value_or("/");
}

std::string Request::path_prefix() {
  const auto value = text("PathPrefix", limits::max_path_length);
  if (value && !(value->starts_with('/') && is_graphic(*value))) {
    refuse("PathPrefix",
           "It must begin with / and contain only alphanumeric characters and/or / characters.");
  }
  return value.value_or("/");
}

std::optional<std::string> Request::text(std::string_view member, std::size_t longest) const {
  return constraints_.text(member, {.least = 1, .most = longest});
}

std::string Request::required_text(std::string_view member, std::size_t longest) const {
  return constraints_.required_text(member, {.least = 1, .most = longest});
}

std::optional<std::int64_t> Request::number(std::string_view member, std::int64_t least,
                                            std::int64_t most) const {
  return constraints_.integer(member, least, most);
}

std::string Request::choice(std::string_view member,
                            std::initializer_list<std::string_view> choices) const {
  return constraints_.choice(member, choices).value_or("");
}

bool Request::flag(std::string_view member) const {
  return core::boolean_member(members_, member).value_or(false);
}

Tags Request::tags() {
  Tags tags;
  const Json* list = core::array_member(members_, "Tags");
  if (!list) return tags;
  if (list->size() > limits::max_tags) {
    constraints_.length(core::dump_json(*list), "Tags", list->size(), 0, limits::max_tags);
    return tags;
  }
  for (const auto& element : *list) {
    const auto tag = constraints_.at(element, "Tags", tags.size());
    std::string key = tag.required_text("Key", tag_key_rule);
    std::string value = tag.required_text("Value", tag_value_rule);
    duplicate_tags_ |= std::ranges::any_of(
        tags, [&](const Tag& other) { return core::equals_ignoring_case(other.key, key); });
    tags.push_back({std::move(key), std::move(value)});
  }
  return tags;
}

Tags Request::required_tags() {
  constraints_.require("Tags");
  return tags();
}

std::vector<std::string> Request::tag_keys() const {
  constraints_.require("TagKeys");
  std::vector<std::string> keys;
  const Json* list = constraints_.texts("TagKeys", tag_key_rule, 0, limits::max_tags);
  if (list) list->get_to(keys);
  return keys;
}

void Request::done() const {
  constraints_.throw_if_any("ValidationError");
  if (refusal_) throw validation_failure(*refusal_);
  if (duplicate_tags_) {
    throw invalid_input(
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
}

void Request::refuse(std::string_view member, const std::string& rule) {
  if (!refusal_)
    refusal_ = "The specified value for " + core::lower_first(member) + " is invalid. " + rule;
}

}  // namespace votemu::iam
