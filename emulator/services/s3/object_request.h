// What requests that read or write an object have in common. All throw AwsError.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"
#include "services/s3/checksums.h"
#include "services/s3/operations.h"

namespace votemu::s3 {

std::string required_key(const Json& request);

// The version that the request names by Bucket, Key and VersionId, if it can be read. Throws
// NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed.
struct FoundObject {
  Bucket bucket;
  std::string key;
  ObjectVersion version;
};
FoundObject require_object(const Shelf& shelf, const RequestContext& context, const Json& request);
// The same for a source of a copy.
FoundObject require_object(const Shelf& shelf, const Bucket& bucket, const std::string& key,
                           const std::optional<std::string>& version_id);

// What the request says about the object to be: ContentType, Metadata, encryption, … Throws
// MetadataTooLarge, InvalidArgument.
Json object_attributes(const Bucket& bucket, const RequestContext& context, const Json& request);
// From the request's Tagging.
Json object_tags(const Json& request);

// The bytes of a PutObject or UploadPart, as they should be.
struct Body {
  std::string_view bytes;  // of the request
  std::string md5;         // raw
  const ChecksumAlgorithm* algorithm = nullptr;
  std::string checksum;  // base64, "" without an algorithm
};
// Throws InvalidDigest, BadDigest, InvalidRequest. `wanted` is an algorithm to use when the client
// names none.
Body checked_body(const Json& request, const ChecksumAlgorithm* wanted = nullptr);

// The algorithm that the request's ChecksumAlgorithm names; nullptr when there is none. Throws
// InvalidRequest.
const ChecksumAlgorithm* checksum_algorithm(const Json& request);

// How an answer tells what was stored: VersionId in a versioned bucket, the encryption.
void tell_version(Json& answer, const Bucket& bucket, const ObjectVersion& version);
void tell_encryption(Json& answer, const Json& attributes);

std::string quoted_etag(std::string_view etag);
std::string_view without_quotes(std::string_view etag);

}  // namespace votemu::s3
