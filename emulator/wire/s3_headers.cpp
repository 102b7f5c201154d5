#include "wire/s3_headers.h"

#include <algorithm>
#include <ctime>
#include <optional>
#include <span>

#include "core/calendar.h"
#include "core/text.h"

namespace votemu::wire {
namespace {

using core::Json;

struct Binding {
  std::string_view name;
  std::string_view member;
  bool is_time = false;  // ISO 8601 text in the member, RFC 9110's in the header
};

constexpr Binding request_headers[] = {
    {"Content-MD5", "ContentMD5"},
    {"If-Match", "IfMatch"},
    {"If-Modified-Since", "IfModifiedSince", true},
    {"If-None-Match", "IfNoneMatch"},
    {"If-Unmodified-Since", "IfUnmodifiedSince", true},
    {"Range", "Range"},
    {"x-amz-checksum-mode", "ChecksumMode"},
    {"x-amz-copy-source", "CopySource"},
    {"x-amz-copy-source-if-match", "CopySourceIfMatch"},
    {"x-amz-copy-source-if-modified-since", "CopySourceIfModifiedSince", true},
    {"x-amz-copy-source-if-none-match", "CopySourceIfNoneMatch"},
    {"x-amz-copy-source-if-unmodified-since", "CopySourceIfUnmodifiedSince", true},
    {"x-amz-copy-source-range", "CopySourceRange"},
    {"x-amz-metadata-directive", "MetadataDirective"},
    {"x-amz-sdk-checksum-algorithm", "ChecksumAlgorithm"},
    {"x-amz-tagging", "Tagging"},
    {"x-amz-tagging-directive", "TaggingDirective"},
};

// An object's own, which a request sets and a response tells.
constexpr Binding object_headers[] = {
    {"Cache-Control", "CacheControl"},
    {"Content-Disposition", "ContentDisposition"},
    {"Content-Encoding", "ContentEncoding"},
    {"Content-Language", "ContentLanguage"},
    {"Content-Type", "ContentType"},
    {"Expires", "Expires"},
    {"x-amz-checksum-algorithm", "ChecksumAlgorithm"},
    {"x-amz-checksum-crc32", "ChecksumCRC32"},
    {"x-amz-checksum-crc32c", "ChecksumCRC32C"},
    {"x-amz-checksum-crc64nvme", "ChecksumCRC64NVME"},
    {"x-amz-checksum-sha1", "ChecksumSHA1"},
    {"x-amz-checksum-sha256", "ChecksumSHA256"},
    {"x-amz-checksum-type", "ChecksumType"},
    {"x-amz-server-side-encryption", "ServerSideEncryption"},
    {"x-amz-server-side-encryption-aws-kms-key-id", "SSEKMSKeyId"},
    {"x-amz-storage-class", "StorageClass"},
    {"x-amz-website-redirect-location", "WebsiteRedirectLocation"},
};

constexpr Binding response_headers[] = {
    {"Accept-Ranges", "AcceptRanges"},
    {"Content-Range", "ContentRange"},
    {"ETag", "ETag"},
    {"Last-Modified", "LastModified", true},
    {"Location", "Location"},
    {"x-amz-access-point-alias", "AccessPointAlias"},
    {"x-amz-bucket-arn", "BucketArn"},
    {"x-amz-bucket-region", "BucketRegion"},
    {"x-amz-copy-source-version-id", "CopySourceVersionId"},
    {"x-amz-delete-marker", "DeleteMarker"},
    {"x-amz-mp-parts-count", "PartsCount"},
    {"x-amz-tagging-count", "TagCount"},
    {"x-amz-version-id", "VersionId"},
};

constexpr std::string_view metadata_prefix = "x-amz-meta-";

std::optional<std::int64_t> parse_time(const std::string& text, const char* format) {
  std::tm time{};
  if (!strptime(text.c_str(), format, &time)) return std::nullopt;
  return std::int64_t{timegm(&time)} * 1'000;
}

// A time that cannot be read is as if it were not there (RFC 9110 13.1.3).
void add_header(Json& members, const Binding& binding, std::string_view value) {
  if (!binding.is_time) {
    members[std::string(binding.member)] = value;
  } else if (const auto time_ms = parse_time(std::string(value), "%a, %d %b %Y %H:%M:%S")) {
    members[std::string(binding.member)] = core::iso8601_ms(*time_ms);
  }
}

std::string header_text(const Binding& binding, const Json& value) {
  if (!value.is_string()) return core::dump_json(value);
  const auto& text = value.get_ref<const std::string&>();
  const auto time_ms = binding.is_time ? parse_time(text, "%Y-%m-%dT%H:%M:%S") : std::nullopt;
  return time_ms ? core::http_date(*time_ms) : text;
}

bool in_body(const S3Route& route, std::string_view member) {
  const auto& body = route.response;
  if (!body.member.empty()) return body.member == member;
  return body.shape &&
         std::ranges::find(body.shape->members, member, &Member::name) != body.shape->members.end();
}

}  // namespace

void add_s3_members(Json& members, const Headers& headers) {
  for (const auto [name, value] : headers) {
    for (const auto bindings :
         {std::span<const Binding>(request_headers), std::span<const Binding>(object_headers)}) {
      for (const auto& binding : bindings) {
        if (core::equals_ignoring_case(name, binding.name)) add_header(members, binding, value);
      }
    }
    if (name.size() > metadata_prefix.size() &&
        core::equals_ignoring_case(name.substr(0, metadata_prefix.size()), metadata_prefix)) {
      std::string key(name.substr(metadata_prefix.size()));
      std::ranges::transform(key, key.begin(), core::to_lower);
      members["Metadata"][key] = value;
    }
  }
}

void add_s3_headers(HttpResponse& out, const S3Route& route, const Json& response) {
  for (const auto bindings :
       {std::span<const Binding>(object_headers), std::span<const Binding>(response_headers)}) {
    for (const auto& binding : bindings) {
      const auto found = response.find(binding.member);
      if (found == response.end() || found->is_null() || in_body(route, binding.member)) continue;
      out.headers.set(binding.name, header_text(binding, *found));
    }
  }
  const auto metadata = response.find("Metadata");
  if (metadata == response.end()) return;
  for (const auto& [key, value] : metadata->items()) {
    out.headers.add(std::string(metadata_prefix) + key,
                    value.is_string() ? value.get<std::string>() : core::dump_json(value));
  }
}

}  // namespace votemu::wire
