// What SAM's CodeUri and DefinitionUri say of an object in S3.
#pragma once

#include <optional>

#include "core/json.h"

namespace votemu::cloudformation::sam {

struct S3MemberNames {
  const char* bucket;
  const char* key;
  const char* version;
};

// From "s3://BUCKET/KEY[?versionId=VERSION]" or a map of Bucket, Key and Version, under those
// names; nullopt when it is neither, as a local folder is.
std::optional<core::Json> location_in_s3(const core::Json& uri, const S3MemberNames& names);

}  // namespace votemu::cloudformation::sam
