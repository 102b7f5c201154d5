// Amazon S3: buckets, objects with their versions, multipart uploads.
// https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html
//
// Bucket names are unique within an account. Objects' bytes are in the store; one is read piece by
// piece. Encryption, ACLs, policies and most settings of a bucket are kept and told, not acted on.
#pragma once

#include <memory>

#include "core/byte_source.h"
#include "core/operation.h"
#include "core/runtime.h"

namespace votemu::s3 {

// An object that is about to be read.
struct OpenObject {
  core::Json answer;  // GetObject's members without Body
  std::uint64_t size = 0;
  std::unique_ptr<core::ByteSource> body;
};

class Service {
 public:
  explicit Service(core::Runtime& runtime);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // By operation name. GetObject gives a Body of up to limits::max_whole_body_bytes as a whole and
  // answers EntityTooLarge beyond.
  core::OperationTable operations();

  // GetObject of any size. The body is what the object was at this moment, whatever happens to it
  // later. Throws AwsError.
  OpenObject open(const core::RequestContext& context, const core::Json& request) const;

  // As it was put; "" when the bucket has none.
  std::string bucket_policy(const core::Scope& scope, const std::string& bucket) const;

  bool has_bucket(const core::Scope& scope, const std::string& bucket) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace votemu::s3
