// Which bucket and object a request's host and path name.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
#pragma once

#include <optional>
#include <string_view>

#include "wire/classify.h"

namespace votemu::wire {

// nullopt when it is not for S3: neither signed for it, as `service` tells, nor sent to a host of
// S3's: s3.…, BUCKET.s3.….
std::optional<S3Call> s3_call(const HttpRequest& request, std::string_view service);

// By the path alone: "/bucket/key".
S3Call s3_call_by_path(std::string_view path);

}  // namespace votemu::wire
