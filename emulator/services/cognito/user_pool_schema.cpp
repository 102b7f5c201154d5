#include "services/cognito/user_pool_schema.h"

#include <algorithm>
#include <array>

#include "core/members.h"
#include "services/cognito/limits.h"
#include "services/cognito/rules.h"

namespace votemu::cognito {
namespace {

using core::Constraints;
using core::Json;

constexpr std::array standard_texts = {
    "name",    "given_name", "family_name", "middle_name", "nickname", "preferred_username",
    "profile", "picture",    "website",     "email"};
constexpr std::array more_standard_texts = {"zoneinfo", "locale", "phone_number"};

Json attribute(const std::string& name, const std::string& type) {
  return {{"Name", name},
          {"AttributeDataType", type},
          {"DeveloperOnlyAttribute", false},
          {"Mutable", true},
          {"Required", false}};
}

Json text_attribute(const std::string& name, const std::string& least = "0",
                    const std::string& most = "2048") {
  Json made = attribute(name, "String");
  made["StringAttributeConstraints"] = {{"MinLength", least}, {"MaxLength", most}};
  return made;
}

// In AWS's order.
Json standard_attributes() {
  Json subject = text_attribute("sub", "1");
  subject["Mutable"] = false;
  subject["Required"] = true;
  Json updated = attribute("updated_at", "Number");
  updated["NumberAttributeConstraints"] = {{"MinValue", "0"}};

  Json attributes = Json::array({std::move(subject)});
  for (const auto* name : standard_texts) attributes.push_back(text_attribute(name));
  attributes.push_back(attribute("email_verified", "Boolean"));
  attributes.push_back(text_attribute("gender"));
  attributes.push_back(text_attribute("birthdate", "10", "10"));
  for (const auto* name : more_standard_texts) attributes.push_back(text_attribute(name));
  attributes.push_back(attribute("phone_number_verified", "Boolean"));
  attributes.push_back(text_attribute("address"));
  attributes.push_back(std::move(updated));
  return attributes;
}

// What the request says of an attribute, over what it is by default.
void apply(Json& attribute, const Json& given) {
  for (const auto* flag : {"Mutable", "Required", "DeveloperOnlyAttribute"}) {
    if (const auto value = core::boolean_member(given, flag)) attribute[flag] = *value;
  }
  for (const auto* constraints : {"StringAttributeConstraints", "NumberAttributeConstraints"}) {
    if (const Json* value = core::object_member(given, constraints))
      attribute[constraints] = *value;
  }
}

Json custom_attribute(const std::string& name, const Json& given) {
  const auto type = core::string_member(given, "AttributeDataType");
  if (!type) {
    throw invalid_parameter(
        "Invalid AttributeDataType input, consider using the provided "
        "AttributeDataType enum.");
  }
  if (core::boolean_member(given, "Required").value_or(false)) {
    throw invalid_parameter("Required custom attributes are not supported currently.");
  }
  const bool developer = core::boolean_member(given, "DeveloperOnlyAttribute").value_or(false);
  Json made = attribute((developer ? "dev:custom:" : "custom:") + name, *type);
  if (*type == "String") made["StringAttributeConstraints"] = Json::object();
  if (*type == "Number") made["NumberAttributeConstraints"] = Json::object();
  apply(made, given);
  return made;
}

// Calls `add` for each attribute of the list that `member` is.
template <class Add>
void for_each_attribute(const Constraints& check, const Json& request, const char* member,
                        std::size_t most, Add&& add) {
  const Json* list = core::array_member(request, member);
  if (!list) return;
  if (list->empty() || list->size() > most) {
    check.length("[" + std::to_string(list->size()) + " attributes]", member, list->size(), 1,
                 most);
    return;
  }
  std::size_t index = 0;
  for (const Json& given : *list) {
    const Constraints one = check.at(given, member, index++);
    const std::string name =
        one.required_text("Name", {.least = 1, .most = limits::max_attribute_name_length});
    one.choice("AttributeDataType", {"String", "Number", "DateTime", "Boolean"});
    add(name, given);
  }
}

auto named(Json& attributes, const std::string& name) {
  return std::ranges::find_if(attributes,
                              [&](const Json& attribute) { return attribute["Name"] == name; });
}

}  // namespace

Json schema_attributes(const Constraints& check, const Json& request) {
  Json attributes = standard_attributes();
  for_each_attribute(check, request, "Schema", limits::max_schema_attributes,
                     [&](const std::string& name, const Json& given) {
                       const auto known = named(attributes, name);
                       if (known != attributes.end()) {
                         apply(*known, given);
                       } else {
                         attributes.push_back(custom_attribute(name, given));
                       }
                     });
  return attributes;
}

Json with_custom_attributes(const Constraints& check, const Json& request, Json attributes) {
  for_each_attribute(check, request, "CustomAttributes", limits::max_added_attributes,
                     [&](const std::string& name, const Json& given) {
                       Json added = custom_attribute(name, given);
                       const auto full_name = added["Name"].get<std::string>();
                       if (named(attributes, full_name) != attributes.end()) {
                         throw invalid_parameter(full_name +
                                                 ": Existing attribute already has name " +
                                                 full_name + ".");
                       }
                       attributes.push_back(std::move(added));
                     });
  if (attributes.size() > standard_attributes().size() + limits::max_schema_attributes) {
    throw invalid_parameter("Custom attributes cannot exceed 50.");
  }
  return attributes;
}

}  // namespace votemu::cognito
