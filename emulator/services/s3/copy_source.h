// CopySource: "bucket/key?versionId=id", percent-encoded.
#pragma once

#include "services/s3/object_request.h"
#include "services/s3/operations.h"

namespace votemu::s3 {

// The object that a copy is made of, if the request's conditions hold. Throws AwsError.
FoundObject require_copy_source(const Shelf& shelf, const RequestContext& context,
                                const Json& request);

}  // namespace votemu::s3
