// PutObjectTagging, GetObjectTagging, DeleteObjectTagging.
#include "core/members.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"
#include "services/s3/object_request.h"
#include "services/s3/operations.h"
#include "services/s3/tag_set.h"

namespace votemu::s3 {
namespace {

Json set_tags(Shelf& shelf, const RequestContext& context, const Json& request, Json tags) {
  auto [bucket, key, version] = require_object(shelf, context, request);
  version.tags = std::move(tags);
  shelf.objects.save(bucket, key, version);
  Json answer = Json::object();
  tell_version(answer, bucket, version);
  return answer;
}

Json put_object_tagging(Shelf& shelf, const RequestContext& context, const Json& request) {
  const Json* tagging = core::object_member(request, "Tagging");
  if (!tagging) throw malformed_xml();
  return set_tags(shelf, context, request, checked_tag_set(*tagging, limits::max_object_tags));
}

Json delete_object_tagging(Shelf& shelf, const RequestContext& context, const Json& request) {
  return set_tags(shelf, context, request, Json::array());
}

Json get_object_tagging(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto [bucket, key, version] = require_object(shelf, context, request);
  Json answer = {{"TagSet", version.tags}};
  tell_version(answer, bucket, version);
  return answer;
}

}  // namespace

void add_tagging_operations(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "PutObjectTagging", put_object_tagging);
  add(table, shelf, "GetObjectTagging", get_object_tagging);
  add(table, shelf, "DeleteObjectTagging", delete_object_tagging);
}

}  // namespace votemu::s3
