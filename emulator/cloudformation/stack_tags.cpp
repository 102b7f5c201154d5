#include "cloudformation/stack_tags.h"

#include <algorithm>
#include <utility>

namespace votemu::cloudformation {
namespace {

void add_to_list(Json& tags, const std::string& key, const std::string& value) {
  const bool there = std::any_of(tags.begin(), tags.end(),
                                 [&](const Json& tag) { return text_property(tag, "Key") == key; });
  if (!there) tags.push_back({{"Key", key}, {"Value", value}});
}

}  // namespace

Json with_stack_tags(const ResourceType& type, const StackRecord& stack, const Settings& settings,
                     const std::string& logical_id, Json properties) {
  const Tagging tagging = type.tagging();
  if (tagging == Tagging::none) return properties;
  const bool is_list = tagging == Tagging::list;
  Json tags = properties.value("Tags", is_list ? Json::array() : Json::object());
  if (is_list ? !tags.is_array() : !tags.is_object()) return properties;  // its type will complain
  auto all = settings.tags;
  all["aws:cloudformation:logical-id"] = logical_id;
  all["aws:cloudformation:stack-id"] = stack.id;
  all["aws:cloudformation:stack-name"] = stack.name;
  for (const auto& [key, value] : all) {
    if (is_list) {
      add_to_list(tags, key, value);
    } else if (!tags.contains(key)) {
      tags[key] = value;
    }
  }
  properties["Tags"] = std::move(tags);
  return properties;
}

}  // namespace votemu::cloudformation
