// Lambda's code that lies in S3.
#pragma once

#include "services/lambda/service.h"
#include "services/s3/service.h"

namespace votemu::app {

// Reads no more of an object than Lambda takes as code.
lambda::ObjectFetch code_from(const s3::Service& s3);

}  // namespace votemu::app
