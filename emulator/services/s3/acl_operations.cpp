// ACLs as buckets have them whose owner owns every object: the owner's full control, whatever is
// put.
#include "core/members.h"
#include "services/s3/errors.h"
#include "services/s3/object_request.h"
#include "services/s3/operations.h"

namespace votemu::s3 {
namespace {

Json owners_acl(const RequestContext& context) {
  Json grantee = owner(context.scope.account);
  grantee["Type"] = "CanonicalUser";
  Json grant = {{"Grantee", std::move(grantee)}, {"Permission", "FULL_CONTROL"}};
  return {{"Owner", owner(context.scope.account)}, {"Grants", Json::array({std::move(grant)})}};
}

Json get_bucket_acl(Shelf& shelf, const RequestContext& context, const Json& request) {
  static_cast<void>(shelf.buckets.require(context, request));
  return owners_acl(context);
}

Json put_bucket_acl(Shelf& shelf, const RequestContext& context, const Json& request) {
  static_cast<void>(shelf.buckets.require(context, request));
  return Json::object();
}

Json get_object_acl(Shelf& shelf, const RequestContext& context, const Json& request) {
  static_cast<void>(require_object(shelf, context, request));
  return owners_acl(context);
}

Json put_object_acl(Shelf& shelf, const RequestContext& context, const Json& request) {
  static_cast<void>(require_object(shelf, context, request));
  return Json::object();
}

}  // namespace

void add_acl_operations(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "GetBucketAcl", get_bucket_acl);
  add(table, shelf, "PutBucketAcl", put_bucket_acl);
  add(table, shelf, "GetObjectAcl", get_object_acl);
  add(table, shelf, "PutObjectAcl", put_object_acl);
}

}  // namespace votemu::s3
