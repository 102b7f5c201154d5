// Templates in S3.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloudformation/api/request.h"

namespace votemu::cloudformation::api {

struct S3Location {
  std::string bucket;
  std::string key;
  std::string version;  // "": the newest
};

// From http(s)://HOST/BUCKET/KEY[?versionId=V] on any host, or with the bucket in the host:
// BUCKET.s3.HOST, BUCKET.s3-REGION.HOST. nullopt when it is no such URL.
std::optional<S3Location> parse_template_url(std::string_view url);

// Reads it from this process's S3, whatever the host is. Throws ValidationError.
std::string fetch_template(const Engine& engine, const RequestContext& context,
                           const std::string& url);

}  // namespace votemu::cloudformation::api
