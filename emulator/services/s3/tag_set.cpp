#include "services/s3/tag_set.h"

#include <set>

#include "core/members.h"
#include "core/text.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"

namespace votemu::s3 {
namespace {

using core::Json;

core::AwsError invalid_tag(const std::string& message, const std::string& key) {
  return error("InvalidTag", message, 400, {{"TagKey", key}});
}

void check_tags(const Json& tags, std::size_t most) {
  if (tags.size() > most) {
    throw error("BadRequest",
                (most == limits::max_object_tags ? "Object tags cannot be greater than "
                                                 : "Bucket tag count cannot be greater than ") +
                    std::to_string(most),
                400);
  }
  std::set<std::string> keys;
  for (const auto& tag : tags) {
    const auto& key = tag["Key"].get_ref<const std::string&>();
    const auto& value = tag["Value"].get_ref<const std::string&>();
    if (key.empty() || key.size() > limits::max_tag_key_length * 4) {
      throw invalid_tag("The TagKey you have provided is invalid", key);
    }
    if (value.size() > limits::max_tag_value_length * 4) {
      throw invalid_tag("The TagValue you have provided is invalid", key);
    }
    if (!keys.insert(key).second) {
      throw invalid_tag("Cannot provide multiple Tags with the same key", key);
    }
  }
}

}  // namespace

Json checked_tag_set(const Json& tagging, std::size_t most) {
  const Json* given = core::array_member(tagging, "TagSet");
  Json tags = Json::array();
  if (!given) return tags;
  for (const auto& tag : *given) {
    const auto key = core::string_member(tag, "Key");
    const auto value = core::string_member(tag, "Value");
    if (!key || !value) throw malformed_xml();
    tags.push_back({{"Key", *key}, {"Value", *value}});
  }
  check_tags(tags, most);
  return tags;
}

Json parse_tag_header(std::string_view text, std::size_t most) {
  Json tags = Json::array();
  while (!text.empty()) {
    const auto pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
    const auto equals = pair.find('=');
    const auto value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
    tags.push_back({{"Key", core::percent_decode(pair.substr(0, equals), true)},
                    {"Value", core::percent_decode(value, true)}});
    if (tags.size() > most) break;
  }
  check_tags(tags, most);
  return tags;
}

}  // namespace votemu::s3
