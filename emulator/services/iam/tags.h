// Tags of roles and policies. Keys differ in more than case.
#pragma once

#include <string>
#include <vector>

#include "core/json.h"

namespace votemu::iam {

struct Tag {
  std::string key;
  std::string value;
};
using Tags = std::vector<Tag>;

// A tag of the same key is replaced.
void set_tag(Tags& tags, const Tag& tag);
void erase_tag(Tags& tags, const std::string& key);

// AWS's [{"Key", "Value"}].
core::Json tags_shape(const Tags& tags);

core::Json tags_row(const Tags& tags);
Tags tags_from_row(const core::Json& row);

}  // namespace votemu::iam
