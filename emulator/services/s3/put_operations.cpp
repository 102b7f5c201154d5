// PutObject.
#include "core/digest.h"
#include "core/members.h"
#include "services/s3/conditions.h"
#include "services/s3/limits.h"
#include "services/s3/object_request.h"
#include "services/s3/operations.h"

namespace votemu::s3 {
namespace {

Json put_object(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  const auto key = required_key(request);
  const auto body = checked_body(request);
  ObjectVersion version;
  version.attributes = object_attributes(bucket, context, request);
  version.tags = object_tags(request);
  check_write_conditions(request, key, shelf.objects.latest(bucket, key));

  version.etag = core::hex(body.md5);
  version.size = body.bytes.size();
  Json answer = {{"ETag", quoted_etag(version.etag)}};
  if (body.algorithm) {
    for (auto* told : {&version.attributes, &answer}) {
      (*told)[std::string(body.algorithm->member)] = body.checksum;
      (*told)["ChecksumType"] = "FULL_OBJECT";
    }
  }
  version.blobs = shelf.objects.blobs().write(body.bytes);
  shelf.objects.add(bucket, key, version);
  tell_version(answer, bucket, version);
  tell_encryption(answer, version.attributes);
  return answer;
}

}  // namespace

void add_put_operations(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "PutObject", put_object);
}

}  // namespace votemu::s3
