// How an object is read: what is told of it, and which of its bytes.
#pragma once

#include "services/s3/object_request.h"
#include "services/s3/operations.h"

namespace votemu::s3 {

struct Reading {
  Json answer;  // GetObject's without Body, HeadObject's
  BlobList blobs;
  ByteRange range;
};

// Throws what GetObject does.
Reading read_object(const Shelf& shelf, const RequestContext& context, const Json& request);

}  // namespace votemu::s3
