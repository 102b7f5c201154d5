// CreateMultipartUpload, UploadPart, UploadPartCopy, AbortMultipartUpload.
#include <algorithm>
#include <charconv>

#include "core/calendar.h"
#include "core/digest.h"
#include "core/members.h"
#include "handlers/abi/base64.h"
#include "services/s3/copy_source.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"
#include "services/s3/object_request.h"
#include "services/s3/operations.h"

namespace votemu::s3 {
namespace {

constexpr std::size_t upload_id_length = 64;

// Uploads that nobody completed make room for new ones, some at a time.
std::vector<Upload> expired_uploads(const Shelf& shelf, const std::vector<Upload>& uploads) {
  const auto oldest = shelf.runtime.clock.now_ms() - limits::upload_lifetime_ms;
  std::vector<Upload> expired;
  for (const auto& upload : uploads) {
    if (expired.size() == limits::max_uploads_expired_at_once) break;
    if (upload.began_ms < oldest) expired.push_back(upload);
  }
  return expired;
}

std::string checksum_type(const Json& request, const ChecksumAlgorithm& algorithm) {
  const bool only_full = algorithm.name == "CRC64NVME";
  const auto type = core::string_member(request, "ChecksumType")
                        .value_or(only_full ? "FULL_OBJECT" : "COMPOSITE");
  const bool known = type == "FULL_OBJECT" || type == "COMPOSITE";
  if (!known || (type == "COMPOSITE" && only_full) ||
      (type == "FULL_OBJECT" && !algorithm.combine)) {
    throw invalid_request("The " + type + " checksum type cannot be used with the " +
                          std::string(algorithm.name) + " checksum algorithm.");
  }
  return type;
}

Json create_multipart_upload(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  Upload upload;
  upload.key = required_key(request);
  upload.attributes = object_attributes(bucket, context, request);
  upload.tags = object_tags(request);
  if (const auto* algorithm = checksum_algorithm(request)) {
    upload.checksum_algorithm = algorithm->name;
    upload.checksum_type = checksum_type(request, *algorithm);
  }
  const auto uploads = shelf.uploads.all(bucket);
  const auto expired = expired_uploads(shelf, uploads);
  if (uploads.size() - expired.size() >= limits::max_uploads_per_bucket) {
    throw error("SlowDown", "Please reduce your request rate.", 503);
  }
  for (const auto& upload_over : expired) shelf.uploads.erase(bucket, upload_over);
  upload.id = shelf.runtime.random.alphanumeric(upload_id_length);
  upload.began_ms = shelf.runtime.clock.now_ms();
  shelf.uploads.save(bucket, upload);
  Json answer = {{"Bucket", bucket.name}, {"Key", upload.key}, {"UploadId", upload.id}};
  if (!upload.checksum_algorithm.empty()) {
    answer["ChecksumAlgorithm"] = upload.checksum_algorithm;
    answer["ChecksumType"] = upload.checksum_type;
  }
  tell_encryption(answer, upload.attributes);
  return answer;
}

Upload require_upload(const Shelf& shelf, const Bucket& bucket, const Json& request) {
  return shelf.uploads.require(bucket, required_key(request),
                               core::string_member(request, "UploadId").value_or(""));
}

std::int64_t part_number(const Json& request) {
  const auto number = core::integer_member(request, "PartNumber").value_or(0);
  if (number < 1 || number > limits::max_part_number) {
    throw invalid_argument("Part number must be an integer between 1 and 10000, inclusive",
                           "partNumber", std::to_string(number));
  }
  return number;
}

void check_room(const Shelf& shelf, const Upload& upload, std::int64_t number, std::uint64_t size) {
  const auto replaced = shelf.uploads.part(upload, number);
  const std::uint64_t proposed = upload.size - (replaced ? replaced->size : 0) + size;
  if (proposed > limits::max_object_bytes) {
    throw entity_too_large(proposed, limits::max_object_bytes);
  }
}

Json upload_part(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  auto upload = require_upload(shelf, bucket, request);
  Part part;
  part.number = part_number(request);
  const auto body = checked_body(request, find_checksum_algorithm(upload.checksum_algorithm));
  check_room(shelf, upload, part.number, body.bytes.size());

  part.modified_ms = shelf.runtime.clock.now_ms();
  part.etag = core::hex(body.md5);
  part.size = body.bytes.size();
  Json answer = {{"ETag", quoted_etag(part.etag)}};
  if (body.algorithm) answer[std::string(body.algorithm->member)] = body.checksum;
  if (body.algorithm && body.algorithm->name == upload.checksum_algorithm) {
    part.checksum = body.checksum;
  }
  part.blobs = shelf.objects.blobs().write(body.bytes);
  shelf.uploads.save_part(bucket, upload, part);
  tell_encryption(answer, upload.attributes);
  return answer;
}

// "bytes=0-9": both ends are there, within the source.
ByteRange copied_range(const Json& request, std::uint64_t size) {
  const auto text = core::string_member(request, "CopySourceRange");
  if (!text) return {0, size};
  const auto invalid = [&](const std::string& message) {
    return invalid_argument(message, "x-amz-copy-source-range", *text);
  };
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  const char* end = text->data() + text->size();
  const auto begin = text->starts_with("bytes=") ? text->data() + 6 : end;
  const auto parsed_first = std::from_chars(begin, end, first);
  if (parsed_first.ec != std::errc() || parsed_first.ptr == end || *parsed_first.ptr != '-') {
    throw invalid(
        "The x-amz-copy-source-range value must be of the form bytes=first-last where "
        "first and last are the zero-based offsets of the first and last bytes to copy");
  }
  const auto parsed_last = std::from_chars(parsed_first.ptr + 1, end, last);
  if (parsed_last.ec != std::errc() || parsed_last.ptr != end || last < first || last >= size) {
    throw invalid("Range specified is not valid for source object of size: " +
                  std::to_string(size));
  }
  return {first, last - first + 1};
}

Json upload_part_copy(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto source = require_copy_source(shelf, context, request);
  const auto range = copied_range(request, source.version.size);
  if (range.size > limits::max_copied_range_bytes) {
    throw entity_too_large(range.size, limits::max_copied_range_bytes);
  }
  Json as_part = request;
  as_part["Body"] = shelf.objects.blobs().read(source.version.blobs, range);
  Json result = upload_part(shelf, context, as_part);
  result["LastModified"] = core::iso8601_ms(shelf.runtime.clock.now_ms());
  Json answer = {{"CopyPartResult", result}};
  tell_encryption(answer, result);
  if (source.bucket.versioning() != Versioning::never) {
    answer["CopySourceVersionId"] = source.version.version_id;
  }
  return answer;
}

Json abort_multipart_upload(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  shelf.uploads.erase(bucket, require_upload(shelf, bucket, request));
  return Json::object();
}

}  // namespace

void add_upload_operations(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "CreateMultipartUpload", create_multipart_upload);
  add(table, shelf, "UploadPart", upload_part);
  add(table, shelf, "UploadPartCopy", upload_part_copy);
  add(table, shelf, "AbortMultipartUpload", abort_multipart_upload);
}

}  // namespace votemu::s3
