#include "cloudformation/sam/s3_uri.h"

#include <string_view>

#include "cloudformation/sam/build.h"

namespace votemu::cloudformation::sam {
namespace {

std::optional<Json> from_text(std::string_view uri, const S3MemberNames& names) {
  constexpr std::string_view scheme = "s3://";
  constexpr std::string_view version = "?versionId=";
  if (!uri.starts_with(scheme)) return std::nullopt;
  uri.remove_prefix(scheme.size());
  const auto slash = uri.find('/');
  if (slash == std::string_view::npos || slash + 1 == uri.size()) return std::nullopt;
  const auto key = uri.substr(slash + 1);
  const auto mark = key.find(version);
  Json location{{names.bucket, uri.substr(0, slash)}, {names.key, key.substr(0, mark)}};
  if (mark != std::string_view::npos) {
    location[names.version] = key.substr(mark + version.size());
  }
  return location;
}

}  // namespace

std::optional<Json> location_in_s3(const Json& uri, const S3MemberNames& names) {
  if (uri.is_string()) return from_text(uri.get_ref<const std::string&>(), names);
  const Json* bucket = member(uri, "Bucket");
  const Json* key = member(uri, "Key");
  if (bucket == nullptr || key == nullptr) return std::nullopt;
  Json location{{names.bucket, *bucket}, {names.key, *key}};
  if (const Json* version = member(uri, "Version")) location[names.version] = *version;
  return location;
}

}  // namespace votemu::cloudformation::sam
