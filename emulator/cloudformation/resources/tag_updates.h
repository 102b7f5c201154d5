// How tags of a resource that stays change.
#pragma once

#include "cloudformation/resources/resource_type.h"

namespace votemu::cloudformation {

struct TagUpdates {
  Json set = Json::object();     // key to value
  Json removed = Json::array();  // keys
};

// Of the property "Tags" as a list of {"Key", "Value"}.
TagUpdates tag_updates(const Json& old_properties, const Json& properties);

}  // namespace votemu::cloudformation
