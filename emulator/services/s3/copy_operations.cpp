// CopyObject: a copy shares the bytes of what it was made of.
#include "core/members.h"
#include "core/text.h"
#include "services/s3/conditions.h"
#include "services/s3/copy_source.h"
#include "services/s3/errors.h"

namespace votemu::s3 {
namespace {

bool replaces(const Json& request, const char* directive) {
  const auto text = core::string_member(request, directive).value_or("COPY");
  if (text != "COPY" && text != "REPLACE") {
    throw invalid_argument(std::string("Unknown ") + directive + ".", directive, text);
  }
  return text == "REPLACE";
}

// Encryption and storage class are the request's in any case.
Json copied_attributes(const Bucket& bucket, const RequestContext& context, const Json& request,
                       const ObjectVersion& source, bool replace) {
  Json attributes = object_attributes(bucket, context, request);
  if (replace) return attributes;
  Json copied = source.attributes;
  for (const auto* member : {"ServerSideEncryption", "SSEKMSKeyId", "StorageClass"}) {
    copied.erase(member);
    if (attributes.contains(member)) copied[member] = attributes[member];
  }
  return copied;
}

void keep_checksum(Json& attributes, const ObjectVersion& source) {
  for (const auto& algorithm : checksum_algorithms()) {
    const std::string member(algorithm.member);
    if (source.attributes.contains(member)) attributes[member] = source.attributes[member];
  }
  if (source.attributes.contains("ChecksumType")) {
    attributes["ChecksumType"] = source.attributes["ChecksumType"];
  }
}

bool changes_anything(const Json& request, const FoundObject& source, bool replace) {
  return replace || core::string_member(request, "StorageClass") ||
         core::string_member(request, "ServerSideEncryption") ||
         core::string_member(request, "WebsiteRedirectLocation") ||
         core::string_member(request, "CopySource")->find("versionId=") != std::string::npos ||
         source.bucket.versioning() == Versioning::enabled;
}

Json copy_object(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  const auto key = required_key(request);
  const auto source = require_copy_source(shelf, context, request);
  const bool replace = replaces(request, "MetadataDirective");
  const bool replace_tags = replaces(request, "TaggingDirective");
  if (source.bucket.name == bucket.name && source.key == key &&
      !changes_anything(request, source, replace)) {
    throw invalid_request(
        "This copy request is illegal because it is trying to copy an object to itself without "
        "changing the object's metadata, storage class, website redirect location or encryption "
        "attributes.");
  }
  ObjectVersion copy;
  copy.attributes = copied_attributes(bucket, context, request, source.version, replace);
  keep_checksum(copy.attributes, source.version);
  copy.tags = replace_tags ? object_tags(request) : source.version.tags;
  check_write_conditions(request, key, shelf.objects.latest(bucket, key));

  copy.etag = source.version.etag;
  copy.size = source.version.size;
  copy.blobs = source.version.blobs;
  copy.part_count = source.version.part_count;
  shelf.objects.blobs().share(copy.blobs);
  shelf.objects.add(bucket, key, copy);

  Json result = {{"ETag", quoted_etag(copy.etag)}, {"LastModified", copy.last_modified()}};
  keep_checksum(result, source.version);
  Json answer = {{"CopyObjectResult", std::move(result)}};
  tell_version(answer, bucket, copy);
  tell_encryption(answer, copy.attributes);
  if (source.bucket.versioning() != Versioning::never) {
    answer["CopySourceVersionId"] = source.version.version_id;
  }
  return answer;
}

}  // namespace

FoundObject require_copy_source(const Shelf& shelf, const RequestContext& context,
                                const Json& request) {
  const auto text = core::string_member(request, "CopySource").value_or("");
  constexpr std::string_view version_parameter = "?versionId=";
  const auto mark = text.find(version_parameter);
  std::optional<std::string> version_id;
  if (mark != std::string::npos) {
    version_id = core::percent_decode(text.substr(mark + version_parameter.size()));
  }
  auto path = core::percent_decode(text.substr(0, mark));
  if (path.starts_with('/')) path.erase(0, 1);
  const auto slash = path.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == path.size()) {
    throw invalid_argument(
        "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
        "x-amz-copy-source", text);
  }
  const Json named = {{"Bucket", path.substr(0, slash)}};
  auto source = require_object(shelf, shelf.buckets.require(context, named), path.substr(slash + 1),
                               version_id);
  check_copy_conditions(request, source.version);
  return source;
}

void add_copy_operations(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "CopyObject", copy_object);
}

}  // namespace votemu::s3
