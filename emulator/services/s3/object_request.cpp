#include "services/s3/object_request.h"

#include "core/aws_error.h"
#include "core/digest.h"
#include "core/members.h"
#include "handlers/abi/base64.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"
#include "services/s3/tag_set.h"

namespace votemu::s3 {
namespace {

constexpr std::string_view kept_members[] = {
    "ContentType",     "CacheControl", "ContentDisposition",     "ContentEncoding",
    "ContentLanguage", "Expires",      "WebsiteRedirectLocation"};

Json checked_metadata(const Json& request) {
  const Json* metadata = core::object_member(request, "Metadata");
  if (!metadata) return Json::object();
  std::size_t bytes = 0;
  for (const auto& [name, unused] : metadata->items()) {
    bytes += name.size() + core::string_member(*metadata, name).value_or("").size();
  }
  if (bytes > limits::max_metadata_bytes) {
    throw error("MetadataTooLarge",
                "Your metadata headers exceed the maximum allowed metadata size", 400,
                {{"Size", std::to_string(bytes)},
                 {"MaxSizeAllowed", std::to_string(limits::max_metadata_bytes)}});
  }
  return *metadata;
}

// The request's encryption, else the bucket's. Nothing is encrypted here: it is only told.
void add_encryption(Json& attributes, const Bucket& bucket, const RequestContext& context,
                    const Json& request) {
  auto algorithm = core::string_member(request, "ServerSideEncryption");
  auto key_id = core::string_member(request, "SSEKMSKeyId");
  const auto setting = bucket.settings.find("Encryption");
  if (!algorithm && setting != bucket.settings.end()) {
    const auto& by_default = (*setting)["ServerSideEncryptionConfiguration"]["Rules"][0].value(
        "ApplyServerSideEncryptionByDefault", Json::object());
    algorithm = core::string_member(by_default, "SSEAlgorithm");
    key_id = core::string_member(by_default, "KMSMasterKeyID");
  }
  attributes["ServerSideEncryption"] = algorithm.value_or("AES256");
  if (!algorithm || *algorithm == "AES256") return;
  if (*algorithm != "aws:kms" && *algorithm != "aws:kms:dsse") {
    throw invalid_argument("The encryption method specified is not supported",
                           "x-amz-server-side-encryption", *algorithm);
  }
  const std::string aws_managed =
      "arn:aws:kms:" + bucket.region + ":" + context.scope.account + ":alias/aws/s3";
  attributes["SSEKMSKeyId"] = key_id.value_or(aws_managed);
}

std::string decoded_md5(const std::string& text) {
  constexpr std::size_t md5_bytes = 16;
  try {
    auto bytes = abi::base64_decode(text);
    if (bytes.size() == md5_bytes) return bytes;
  } catch (const core::AwsError&) {
    // Told like any other that is no digest.
  }
  throw error("InvalidDigest", "The Content-MD5 you specified was invalid.", 400,
              {{"Content-MD5", text}});
}

core::AwsError invalid_checksum(const ChecksumAlgorithm& algorithm) {
  return invalid_request("Value for " + std::string(algorithm.header) + " header is invalid.");
}

void verify_checksum(const ChecksumAlgorithm& algorithm, const std::string& given,
                     const std::string& digest) {
  try {
    const auto raw = abi::base64_decode(given);
    if (raw.size() != algorithm.size) throw invalid_checksum(algorithm);
    if (raw == digest) return;
  } catch (const core::AwsError&) {
    throw invalid_checksum(algorithm);
  }
  throw error("BadDigest",
              "The " + std::string(algorithm.name) +
                  " you specified did not match the calculated checksum.",
              400);
}

}  // namespace

std::string required_key(const Json& request) {
  auto key = core::string_member(request, "Key").value_or("");
  if (key.empty()) throw invalid_argument("Key must not be empty", "Key", "");
  if (key.size() > limits::max_key_bytes) {
    throw error("KeyTooLongError", "Your key is too long", 400,
                {{"Size", std::to_string(key.size())},
                 {"MaxSizeAllowed", std::to_string(limits::max_key_bytes)}});
  }
  return key;
}

FoundObject require_object(const Shelf& shelf, const RequestContext& context, const Json& request) {
  return require_object(shelf, shelf.buckets.require(context, request), required_key(request),
                        core::string_member(request, "VersionId"));
}

FoundObject require_object(const Shelf& shelf, const Bucket& bucket, const std::string& key,
                           const std::optional<std::string>& version_id) {
  auto version = shelf.objects.find(bucket, key, version_id);
  if (!version) {
    if (version_id) throw no_such_version(key, *version_id);
    throw no_such_key(key);
  }
  if (version->delete_marker) {
    const Json told = {
        {"Key", key},
        {"headers", {{"x-amz-delete-marker", "true"}, {"x-amz-version-id", version->version_id}}}};
    if (!version_id) throw error("NoSuchKey", "The specified key does not exist.", 404, told);
    throw error("MethodNotAllowed", "The specified method is not allowed against this resource.",
                405, told);
  }
  return {bucket, key, std::move(*version)};
}

Json object_attributes(const Bucket& bucket, const RequestContext& context, const Json& request) {
  Json attributes = Json::object();
  for (const auto member : kept_members) {
    if (const auto value = core::string_member(request, member)) {
      attributes[std::string(member)] = *value;
    }
  }
  if (!attributes.contains("ContentType")) attributes["ContentType"] = "binary/octet-stream";
  auto metadata = checked_metadata(request);
  if (!metadata.empty()) attributes["Metadata"] = std::move(metadata);
  const auto storage_class = core::string_member(request, "StorageClass").value_or("STANDARD");
  if (storage_class != "STANDARD") attributes["StorageClass"] = storage_class;
  add_encryption(attributes, bucket, context, request);
  return attributes;
}

Json object_tags(const Json& request) {
  return parse_tag_header(core::string_member(request, "Tagging").value_or(""),
                          limits::max_object_tags);
}

const ChecksumAlgorithm* checksum_algorithm(const Json& request) {
  const auto name = core::string_member(request, "ChecksumAlgorithm");
  if (!name) return nullptr;
  const auto* algorithm = find_checksum_algorithm(*name);
  if (!algorithm) {
    throw invalid_request(
        "Checksum algorithm provided is unsupported. Please try again with any "
        "of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
  }
  return algorithm;
}

Body checked_body(const Json& request, const ChecksumAlgorithm* wanted) {
  Body body;
  if (const Json* bytes = core::find_member(request, "Body")) {
    if (!bytes->is_string()) throw core::serialization_error("Body must be bytes");
    body.bytes = bytes->get_ref<const std::string&>();
  }
  body.md5 = core::md5(body.bytes);
  if (const auto given = core::string_member(request, "ContentMD5")) {
    if (decoded_md5(*given) != body.md5) {
      throw error("BadDigest", "The Content-MD5 you specified did not match what we received.", 400,
                  {{"ExpectedDigest", *given}, {"CalculatedDigest", abi::base64_encode(body.md5)}});
    }
  }
  if (const auto* named = checksum_algorithm(request)) wanted = named;
  for (const auto& algorithm : checksum_algorithms()) {
    const auto given = core::string_member(request, algorithm.member);
    if (!given && &algorithm != wanted) continue;
    const auto digest = algorithm.digest(body.bytes);
    if (given) verify_checksum(algorithm, *given, digest);
    body.algorithm = &algorithm;
    body.checksum = abi::base64_encode(digest);
  }
  return body;
}

void tell_version(Json& answer, const Bucket& bucket, const ObjectVersion& version) {
  if (bucket.versioning() != Versioning::never) answer["VersionId"] = version.version_id;
}

void tell_encryption(Json& answer, const Json& attributes) {
  for (const auto* member : {"ServerSideEncryption", "SSEKMSKeyId"}) {
    if (attributes.contains(member)) answer[member] = attributes[member];
  }
}

std::string quoted_etag(std::string_view etag) {
  return "\"" + std::string(etag) + "\"";
}

std::string_view without_quotes(std::string_view etag) {
  const bool quoted = etag.size() >= 2 && etag.front() == '"' && etag.back() == '"';
  return quoted ? etag.substr(1, etag.size() - 2) : etag;
}

}  // namespace votemu::s3
