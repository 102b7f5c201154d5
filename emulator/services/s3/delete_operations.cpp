// DeleteObject, DeleteObjects.
#include "core/members.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"
#include "services/s3/object_request.h"
#include "services/s3/operations.h"

namespace votemu::s3 {
namespace {

struct Deleted {
  bool delete_marker = false;  // a marker was made, or the version that went was one
  std::optional<std::string> version_id;
};

// A version goes for good; without one named, a versioned bucket gets a delete marker.
Deleted delete_one(Shelf& shelf, const Bucket& bucket, const std::string& key,
                   const std::optional<std::string>& version_id) {
  if (version_id || bucket.versioning() == Versioning::never) {
    const auto version = shelf.objects.find(bucket, key, version_id);
    if (version) shelf.objects.erase(bucket, key, *version);
    return {version && version->delete_marker, version_id};
  }
  ObjectVersion marker;
  marker.delete_marker = true;
  shelf.objects.add(bucket, key, marker);
  return {true, marker.version_id};
}

Json delete_object(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  const auto deleted =
      delete_one(shelf, bucket, required_key(request), core::string_member(request, "VersionId"));
  Json answer = Json::object();
  if (deleted.delete_marker) answer["DeleteMarker"] = true;
  if (deleted.version_id) answer["VersionId"] = *deleted.version_id;
  return answer;
}

Json told_as_deleted(const std::string& key, const std::optional<std::string>& asked,
                     const Deleted& deleted) {
  Json told = {{"Key", key}};
  if (asked) told["VersionId"] = *asked;
  if (deleted.delete_marker) {
    told["DeleteMarker"] = true;
    told["DeleteMarkerVersionId"] = *deleted.version_id;
  }
  return told;
}

Json delete_objects(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  const Json* wanted = core::object_member(request, "Delete");
  const Json* objects = wanted ? core::array_member(*wanted, "Objects") : nullptr;
  if (!objects || objects->empty() || objects->size() > limits::max_deleted_at_once) {
    throw malformed_xml();
  }
  for (const auto& object : *objects) {
    if (core::string_member(object, "Key").value_or("").empty()) throw malformed_xml();
    static_cast<void>(core::string_member(object, "VersionId"));
  }
  const bool quiet = core::boolean_member(*wanted, "Quiet").value_or(false);
  Json answer = {{"Deleted", Json::array()}, {"Errors", Json::array()}};
  for (const auto& object : *objects) {
    const auto key = *core::string_member(object, "Key");
    const auto version_id = core::string_member(object, "VersionId");
    try {
      const auto deleted = delete_one(shelf, bucket, required_key(object), version_id);
      if (!quiet) answer["Deleted"].push_back(told_as_deleted(key, version_id, deleted));
    } catch (const core::AwsError& problem) {
      answer["Errors"].push_back({{"Key", key},
                                  {"VersionId", version_id.value_or("")},
                                  {"Code", problem.code()},
                                  {"Message", problem.message()}});
    }
  }
  return answer;
}

}  // namespace

void add_delete_operations(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "DeleteObject", delete_object);
  add(table, shelf, "DeleteObjects", delete_objects);
}

}  // namespace votemu::s3
