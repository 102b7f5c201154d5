#include "services/iam/tags.h"

#include <algorithm>

#include "core/text.h"

namespace votemu::iam {

using core::Json;

void set_tag(Tags& tags, const Tag& tag) {
  const auto found = std::find_if(tags.begin(), tags.end(), [&](const Tag& other) {
    return core::equals_ignoring_case(other.key, tag.key);
  });
  if (found == tags.end()) {
    tags.push_back(tag);
  } else {
    *found = tag;
  }
}

void erase_tag(Tags& tags, const std::string& key) {
  std::erase_if(tags, [&](const Tag& tag) { return core::equals_ignoring_case(tag.key, key); });
}

Json tags_shape(const Tags& tags) {
  Json shape = Json::array();
  for (const auto& tag : tags) shape.push_back({{"Key", tag.key}, {"Value", tag.value}});
  return shape;
}

Json tags_row(const Tags& tags) {
  return tags_shape(tags);
}

Tags tags_from_row(const Json& row) {
  Tags tags;
  for (const auto& tag : row) {
    tags.push_back({tag.at("Key").get<std::string>(), tag.at("Value").get<std::string>()});
  }
  return tags;
}

}  // namespace votemu::iam
