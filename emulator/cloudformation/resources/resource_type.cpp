#include "cloudformation/resources/resource_type.h"

#include <algorithm>

#include "cloudformation/values.h"
#include "core/aws_error.h"
#include "core/ids.h"

namespace votemu::cloudformation {

namespace {
constexpr std::size_t random_length = 12;
}  // namespace

Json ResourceContext::call(const core::OperationTable& service, std::string_view operation,
                           const Json& members) const {
  if (!service.contains(operation)) {
    throw core::AwsError("UnsupportedOperation", std::string(operation) + " is not supported", 501);
  }
  return core::call(runtime.store, service, operation, request, members);
}

std::string ResourceContext::generated_name(std::size_t longest) const {
  const std::size_t room = longest - random_length - 2;
  std::string stack = stack_name;
  std::string id = logical_id;
  if (stack.size() + id.size() > room) {
    id.resize(std::min(id.size(), std::max(room / 2, room - std::min(room, stack.size()))));
    stack.resize(std::min(stack.size(), room - id.size()));
  }
  return stack + "-" + id + "-" + runtime.random.upper_alphanumeric(random_length);
}

std::string ResourceContext::arn(std::string_view service, std::string_view resource) const {
  return core::Arn::in(request.scope, service, resource).text();
}

Json members_from(const Json& properties, std::initializer_list<Renamed> names) {
  Json members = Json::object();
  for (const auto& [property, member] : names) {
    const auto found = properties.find(property);
    if (found != properties.end()) members[member] = *found;
  }
  return members;
}

Json members_from(const Json& properties, const std::vector<std::string>& names) {
  Json members = Json::object();
  for (const auto& name : names) {
    const auto found = properties.find(name);
    if (found != properties.end()) members[name] = *found;
  }
  return members;
}

bool differs(const Json& old_properties, const Json& properties, const std::string& name) {
  const auto before = old_properties.find(name);
  const auto after = properties.find(name);
  const bool was = before != old_properties.end();
  const bool is = after != properties.end();
  return was != is || (was && *before != *after);
}

void refuse_unknown_properties(const Json& properties, const std::vector<std::string>& known) {
  for (const auto& [name, value] : properties.items()) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      throw core::validation_error("Encountered unsupported property " + name);
    }
  }
}

Json tag_map(const Json& properties) {
  Json tags = Json::object();
  const auto list = properties.find("Tags");
  if (list == properties.end() || !list->is_array()) return tags;
  for (const auto& tag : *list) {
    const std::string key = text_property(tag, "Key");
    if (!key.empty()) tags[key] = text_property(tag, "Value");
  }
  return tags;
}

std::string text_property(const Json& properties, std::string_view name) {
  if (!properties.is_object()) return {};
  const auto found = properties.find(name);
  if (found == properties.end()) return {};
  return scalar_text(*found).value_or("");
}

}  // namespace votemu::cloudformation
