#include "cloudformation/resources/iam_properties.h"

#include <algorithm>

#include "cloudformation/values.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

Json with_texts(const Json& value) {
  if (value.is_number()) return core::dump_json(value);
  if (!value.is_structured()) return value;
  Json copy = value;
  for (auto& member : copy) member = with_texts(member);
  return copy;
}

bool contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

std::string policy_document_text(const Json& document) {
  if (document.is_string()) return document.get<std::string>();
  return core::dump_json(with_texts(document));
}

std::vector<std::string> text_list(const Json& properties, std::string_view name) {
  std::vector<std::string> texts;
  const auto found = properties.find(name);
  if (found == properties.end()) return texts;
  if (!found->is_array()) {
    throw core::validation_error("Value of property " + std::string(name) +
                                 " must be of type List of String");
  }
  for (const auto& element : *found) {
    auto text = scalar_text(element);
    if (!text) {
      throw core::validation_error("Value of property " + std::string(name) +
                                   " must be of type List of String");
    }
    if (!contains(texts, *text)) texts.push_back(std::move(*text));
  }
  return texts;
}

Json tag_list_member(const Json& properties) {
  Json tags = Json::array();
  const Json by_key = tag_map(properties);
  for (const auto& [key, value] : by_key.items()) {
    tags.push_back({{"Key", key}, {"Value", value}});
  }
  return tags;
}

void follow_list(const std::vector<std::string>& before, const std::vector<std::string>& after,
                 const std::function<void(const std::string&)>& removed,
                 const std::function<void(const std::string&)>& added) {
  for (const auto& text : before) {
    if (!contains(after, text)) removed(text);
  }
  for (const auto& text : after) {
    if (!contains(before, text)) added(text);
  }
}

void call_iam_removal(const ResourceContext& context, std::string_view operation,
                      const Json& members) {
  try {
    context.call(context.services.iam, operation, members);
  } catch (const core::AwsError& error) {
    if (error.code() != "NoSuchEntity") throw;
  }
}

void refuse_users_and_groups(const Json& properties) {
  for (const auto& name : text_list(properties, "Users")) {
    throw core::AwsError("NoSuchEntity", "The user with name " + name + " cannot be found.", 404);
  }
  for (const auto& name : text_list(properties, "Groups")) {
    throw core::AwsError("NoSuchEntity", "The group with name " + name + " cannot be found.", 404);
  }
}

}  // namespace votemu::cloudformation
