// ListParts, ListMultipartUploads.
#include <algorithm>

#include "core/calendar.h"
#include "core/members.h"
#include "services/s3/limits.h"
#include "services/s3/list_request.h"
#include "services/s3/object_request.h"
#include "services/s3/operations.h"

namespace votemu::s3 {
namespace {

Json told_part(const Upload& upload, const Part& part) {
  Json told = {{"PartNumber", part.number},
               {"LastModified", core::iso8601_ms(part.modified_ms)},
               {"ETag", quoted_etag(part.etag)},
               {"Size", part.size}};
  const auto* algorithm = find_checksum_algorithm(upload.checksum_algorithm);
  if (algorithm && !part.checksum.empty()) told[std::string(algorithm->member)] = part.checksum;
  return told;
}

Json list_parts(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  const auto upload = shelf.uploads.require(bucket, required_key(request),
                                            core::string_member(request, "UploadId").value_or(""));
  const auto most = ListRequest::from(request, "MaxParts").most;
  const auto marker = core::integer_member(request, "PartNumberMarker").value_or(0);
  Json answer = {{"Bucket", bucket.name},
                 {"Key", upload.key},
                 {"UploadId", upload.id},
                 {"Initiator", owner(context.scope.account)},
                 {"Owner", owner(context.scope.account)},
                 {"StorageClass", upload.attributes.value("StorageClass", "STANDARD")},
                 {"PartNumberMarker", marker},
                 {"MaxParts", most},
                 {"IsTruncated", false},
                 {"Parts", Json::array()}};
  if (!upload.checksum_algorithm.empty()) {
    answer["ChecksumAlgorithm"] = upload.checksum_algorithm;
    answer["ChecksumType"] = upload.checksum_type;
  }
  for (const auto& part : shelf.uploads.parts(upload)) {
    if (part.number <= marker) continue;
    if (answer["Parts"].size() == most) {
      answer["IsTruncated"] = true;
      break;
    }
    answer["Parts"].push_back(told_part(upload, part));
    answer["NextPartNumberMarker"] = part.number;
  }
  return answer;
}

Json told_upload(const RequestContext& context, const ListRequest& list, const Upload& upload) {
  Json told = {{"Key", list.spelled(upload.key)},
               {"UploadId", upload.id},
               {"Initiator", owner(context.scope.account)},
               {"Owner", owner(context.scope.account)},
               {"StorageClass", upload.attributes.value("StorageClass", "STANDARD")},
               {"Initiated", core::iso8601_ms(upload.began_ms)}};
  if (!upload.checksum_algorithm.empty()) {
    told["ChecksumAlgorithm"] = upload.checksum_algorithm;
    told["ChecksumType"] = upload.checksum_type;
  }
  return told;
}

Json list_multipart_uploads(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  const auto list = ListRequest::from(request, "MaxUploads");
  const auto key_marker = core::string_member(request, "KeyMarker").value_or("");
  const auto id_marker = core::string_member(request, "UploadIdMarker").value_or("");
  Json uploads = Json::array();
  Json prefixes = Json::array();
  Json answer = list.echoed("MaxUploads");
  std::string last_key;
  std::string last_id;
  bool truncated = false;
  for (const auto& upload : shelf.uploads.all(bucket)) {
    const bool before = upload.key < key_marker ||
                        (upload.key == key_marker && (id_marker.empty() || upload.id <= id_marker));
    if (before || !upload.key.starts_with(list.prefix)) continue;
    const auto prefix = list.common_prefix(upload.key);
    if (prefix && (*prefix == last_key || *prefix == key_marker)) continue;
    truncated = uploads.size() + prefixes.size() == list.most;
    if (truncated) break;
    if (prefix) {
      prefixes.push_back({{"Prefix", list.spelled(*prefix)}});
    } else {
      uploads.push_back(told_upload(context, list, upload));
    }
    last_key = prefix.value_or(upload.key);
    last_id = prefix ? "" : upload.id;
  }
  answer["Bucket"] = bucket.name;
  answer["KeyMarker"] = list.spelled(key_marker);
  answer["UploadIdMarker"] = id_marker;
  answer["IsTruncated"] = truncated;
  answer["Uploads"] = std::move(uploads);
  answer["CommonPrefixes"] = std::move(prefixes);
  if (truncated) {
    answer["NextKeyMarker"] = list.spelled(last_key);
    answer["NextUploadIdMarker"] = last_id;
  }
  return answer;
}

}  // namespace

void add_list_upload_operations(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "ListParts", list_parts);
  add(table, shelf, "ListMultipartUploads", list_multipart_uploads);
}

}  // namespace votemu::s3
