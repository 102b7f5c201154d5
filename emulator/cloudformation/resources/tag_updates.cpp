#include "cloudformation/resources/tag_updates.h"

namespace votemu::cloudformation {

TagUpdates tag_updates(const Json& old_properties, const Json& properties) {
  const Json before = tag_map(old_properties);
  const Json after = tag_map(properties);
  TagUpdates updates;
  for (const auto& [key, value] : after.items()) {
    if (differs(before, after, key)) updates.set[key] = value;
  }
  for (const auto& [key, value] : before.items()) {
    if (!after.contains(key)) updates.removed.push_back(key);
  }
  return updates;
}

}  // namespace votemu::cloudformation
