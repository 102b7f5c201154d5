// If-Match and its kin.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
#pragma once

#include <optional>
#include <string>

#include "core/json.h"
#include "services/s3/objects.h"

namespace votemu::s3 {

// Throws NotModified (304), PreconditionFailed.
void check_read_conditions(const core::Json& request, const ObjectVersion& version);
// The same for a copy's source, whose conditions have other names and never answer 304.
void check_copy_conditions(const core::Json& request, const ObjectVersion& version);
// `current` is what the write would replace. Throws PreconditionFailed, NoSuchKey.
void check_write_conditions(const core::Json& request, const std::string& key,
                            const std::optional<ObjectVersion>& current);

}  // namespace votemu::s3
