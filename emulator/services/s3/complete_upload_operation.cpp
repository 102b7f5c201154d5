// CompleteMultipartUpload: the object is its parts' blobs, none is copied.
#include "core/digest.h"
#include "core/members.h"
#include "handlers/abi/base64.h"
#include "services/s3/conditions.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"
#include "services/s3/object_request.h"
#include "services/s3/operations.h"

namespace votemu::s3 {
namespace {

core::AwsError invalid_part(const std::string& upload_id, std::int64_t number,
                            const std::string& etag) {
  return error("InvalidPart",
               "One or more of the specified parts could not be found.  The part may not have been "
               "uploaded, or the specified entity tag may not match the part's entity tag.",
               400,
               {{"UploadId", upload_id}, {"PartNumber", std::to_string(number)}, {"ETag", etag}});
}

// The parts that the client lists, as they were uploaded.
std::vector<Part> listed_parts(const Shelf& shelf, const Upload& upload, const Json& request) {
  const Json* body = core::object_member(request, "MultipartUpload");
  const Json* listed = body ? core::array_member(*body, "Parts") : nullptr;
  if (!listed || listed->empty()) throw malformed_xml();
  std::vector<Part> parts;
  for (const auto& item : *listed) {
    const auto number = core::integer_member(item, "PartNumber");
    const auto etag = core::string_member(item, "ETag");
    if (!number || !etag) throw malformed_xml();
    if (!parts.empty() && *number <= parts.back().number) {
      throw error("InvalidPartOrder",
                  "The list of parts was not in ascending order. The parts list must be specified "
                  "in order by part number.",
                  400, {{"UploadId", upload.id}});
    }
    auto part = *number >= 1 && *number <= limits::max_part_number
                    ? shelf.uploads.part(upload, *number)
                    : std::nullopt;
    if (!part || part->etag != without_quotes(*etag)) {
      throw invalid_part(upload.id, *number, *etag);
    }
    parts.push_back(std::move(*part));
  }
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (parts[i].size >= limits::min_part_bytes) continue;
    throw error("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size",
                400,
                {{"ProposedSize", std::to_string(parts[i].size)},
                 {"MinSizeAllowed", std::to_string(limits::min_part_bytes)},
                 {"PartNumber", std::to_string(parts[i].number)},
                 {"ETag", parts[i].etag}});
  }
  return parts;
}

std::string from_hex(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes.push_back(static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  }
  return bytes;
}

// The MD5 of the parts' MD5s, and how many they are.
std::string multipart_etag(const std::vector<Part>& parts) {
  std::string digests;
  for (const auto& part : parts) digests += from_hex(part.etag);
  return core::hex(core::md5(digests)) + "-" + std::to_string(parts.size());
}

std::string multipart_checksum(const ChecksumAlgorithm& algorithm, const Upload& upload,
                               const std::vector<Part>& parts) {
  std::string digests;
  std::string whole = algorithm.digest("");
  for (const auto& part : parts) {
    const auto digest = abi::base64_decode(part.checksum);
    if (upload.checksum_type == "COMPOSITE") {
      digests += digest;
    } else {
      whole = algorithm.combine(whole, digest, part.size);
    }
  }
  if (upload.checksum_type != "COMPOSITE") return abi::base64_encode(whole);
  return abi::base64_encode(algorithm.digest(digests)) + "-" + std::to_string(parts.size());
}

// Adds the object's checksum to `told`, and compares it with the client's.
void add_checksum(Json& told, const Upload& upload, const std::vector<Part>& parts,
                  const Json& request) {
  const auto* algorithm = find_checksum_algorithm(upload.checksum_algorithm);
  if (!algorithm) return;
  const auto checksum = multipart_checksum(*algorithm, upload, parts);
  const auto given = core::string_member(request, algorithm->member);
  if (given && *given != checksum && *given != checksum.substr(0, checksum.find('-'))) {
    throw error("BadDigest",
                "The " + std::string(algorithm->name) +
                    " you specified did not match the calculated checksum.",
                400);
  }
  told[std::string(algorithm->member)] = checksum;
  told["ChecksumType"] = upload.checksum_type;
}

void release_unlisted(Shelf& shelf, const Upload& upload, const std::vector<Part>& listed) {
  auto next = listed.begin();
  for (const auto& part : shelf.uploads.parts(upload)) {
    if (next != listed.end() && next->number == part.number) {
      ++next;
    } else {
      shelf.objects.blobs().release(part.blobs);
    }
  }
}

Json complete_multipart_upload(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  const auto key = required_key(request);
  const auto upload =
      shelf.uploads.require(bucket, key, core::string_member(request, "UploadId").value_or(""));
  const auto parts = listed_parts(shelf, upload, request);
  check_write_conditions(request, key, shelf.objects.latest(bucket, key));
  ObjectVersion version;
  version.attributes = upload.attributes;
  version.tags = upload.tags;
  version.etag = multipart_etag(parts);
  Json answer = {{"Location", context.origin() + "/" + bucket.name + "/" + key},
                 {"Bucket", bucket.name},
                 {"Key", key},
                 {"ETag", quoted_etag(version.etag)}};
  add_checksum(answer, upload, parts, request);
  add_checksum(version.attributes, upload, parts, request);

  for (const auto& part : parts) {
    version.size += part.size;
    version.blobs.insert(version.blobs.end(), part.blobs.begin(), part.blobs.end());
  }
  version.part_count = parts.size();
  release_unlisted(shelf, upload, parts);
  shelf.uploads.erase_keeping_blobs(bucket, upload);
  shelf.objects.add(bucket, key, version);
  tell_version(answer, bucket, version);
  tell_encryption(answer, version.attributes);
  return answer;
}

}  // namespace

void add_complete_upload_operation(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "CompleteMultipartUpload", complete_multipart_upload);
}

}  // namespace votemu::s3
