#include "wire/rest_xml.h"

#include <algorithm>
#include <ctime>
#include <optional>

#include "core/calendar.h"
#include "core/text.h"
#include "handlers/abi/base64.h"
#include "wire/aws_chunked.h"
#include "wire/rest_xml_bodies.h"

namespace votemu::wire {
namespace {

using core::AwsError;
using core::Json;

struct Binding {
  std::string_view name;
  std::string_view member;
  bool is_time = false;  // ISO 8601 text in the member, RFC 9110's in the header
};

constexpr Binding parameters[] = {
    {"bucket-region", "BucketRegion"},
    {"continuation-token", "ContinuationToken"},
    {"delimiter", "Delimiter"},
    {"encoding-type", "EncodingType"},
    {"fetch-owner", "FetchOwner"},
    {"key-marker", "KeyMarker"},
    {"marker", "Marker"},
    {"max-buckets", "MaxBuckets"},
    {"max-keys", "MaxKeys"},
    {"max-parts", "MaxParts"},
    {"max-uploads", "MaxUploads"},
    {"part-number-marker", "PartNumberMarker"},
    {"partNumber", "PartNumber"},
    {"prefix", "Prefix"},
    {"response-cache-control", "ResponseCacheControl"},
    {"response-content-disposition", "ResponseContentDisposition"},
    {"response-content-encoding", "ResponseContentEncoding"},
    {"response-content-language", "ResponseContentLanguage"},
    {"response-content-type", "ResponseContentType"},
    {"response-expires", "ResponseExpires"},
    {"start-after", "StartAfter"},
    {"upload-id-marker", "UploadIdMarker"},
    {"uploadId", "UploadId"},
    {"version-id-marker", "VersionIdMarker"},
    {"versionId", "VersionId"},
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

// Parameters that name another operation than the plain one of their path.
constexpr std::string_view subresources[] = {"accelerate",
                                             "acl",
                                             "analytics",
                                             "attributes",
                                             "cors",
                                             "delete",
                                             "encryption",
                                             "intelligent-tiering",
                                             "inventory",
                                             "legal-hold",
                                             "lifecycle",
                                             "location",
                                             "logging",
                                             "metrics",
                                             "notification",
                                             "object-lock",
                                             "ownershipControls",
                                             "partNumber",
                                             "policy",
                                             "policyStatus",
                                             "publicAccessBlock",
                                             "replication",
                                             "requestPayment",
                                             "restore",
                                             "retention",
                                             "select",
                                             "tagging",
                                             "torrent",
                                             "uploadId",
                                             "uploads",
                                             "versioning",
                                             "versions",
                                             "website"};

bool fits(const S3Route& route, const HttpRequest& request, const QueryParameters& query) {
  const auto wanted = [&](std::string_view name) {
    return std::ranges::find(route.parameters, name) != route.parameters.end();
  };
  if (!std::ranges::all_of(route.parameters,
                           [&](auto name) { return parameter(query, name).has_value(); })) {
    return false;
  }
  const bool reads_a_part = route.operation == "GetObject" || route.operation == "HeadObject";
  for (const auto& [name, unused] : query) {
    if (reads_a_part && name == "partNumber") continue;
    if (std::ranges::find(subresources, name) != std::end(subresources) && !wanted(name)) {
      return false;
    }
  }
  return route.header.empty() || request.headers.find(route.header);
}

const S3Route& route_of(const HttpRequest& request, S3Target target, const QueryParameters& query) {
  bool known_method = false;
  for (const auto routes : {s3_bucket_routes(), s3_object_routes()}) {
    for (const auto& route : routes) {
      if (route.target != target || route.method != request.method) continue;
      known_method = true;
      if (fits(route, request, query)) return route;
    }
  }
  if (known_method) {
    throw AwsError("NotImplemented",
                   "A header or parameter you provided implies functionality that is not "
                   "implemented",
                   501);
  }
  throw AwsError("MethodNotAllowed", "The specified method is not allowed against this resource.",
                 405);
}

std::optional<std::int64_t> parse_time(const std::string& text, const char* format) {
  std::tm time{};
  if (!strptime(text.c_str(), format, &time)) return std::nullopt;
  return std::int64_t{timegm(&time)} * 1'000;
}

// A time that cannot be read is as if it were not there (RFC 9110 13.1.3).
void add_header(Json& members, const Binding& binding, const std::string& value) {
  if (!binding.is_time) {
    members[std::string(binding.member)] = value;
  } else if (const auto time_ms = parse_time(value, "%a, %d %b %Y %H:%M:%S")) {
    members[std::string(binding.member)] = core::iso8601_ms(*time_ms);
  }
}

void add_headers(Json& members, const Headers& headers) {
  for (const auto& [name, value] : headers) {
    for (const auto bindings :
         {std::span<const Binding>(request_headers), std::span<const Binding>(object_headers)}) {
      for (const auto& binding : bindings) {
        if (core::equals_ignoring_case(name, binding.name)) add_header(members, binding, value);
      }
    }
    if (name.size() > metadata_prefix.size() &&
        core::equals_ignoring_case(name.substr(0, metadata_prefix.size()), metadata_prefix)) {
      std::string key = name.substr(metadata_prefix.size());
      std::ranges::transform(key, key.begin(), core::to_lower);
      members["Metadata"][key] = value;
    }
  }
}

void add_body(Json& members, const XmlBody& body, std::string bytes) {
  if (body.root.empty()) {
    if (!body.member.empty()) members[std::string(body.member)] = std::move(bytes);
    return;
  }
  if (bytes.empty()) return;
  const auto root = read_xml(bytes);
  if (root.name != body.root) {
    throw AwsError("MalformedXML",
                   "The XML you provided was not well-formed or did not validate against our "
                   "published schema");
  }
  members[std::string(body.member)] = decode_xml(*body.shape, root);
}

std::string request_id_2(const std::string& request_id) {
  return abi::base64_encode(request_id + request_id + request_id);
}

void add_ids(HttpResponse& response, const std::string& request_id) {
  response.headers.add("x-amz-request-id", request_id);
  response.headers.add("x-amz-id-2", request_id_2(request_id));
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

void add_response_headers(HttpResponse& out, const S3Route& route, const Json& response) {
  for (const auto bindings :
       {std::span<const Binding>(object_headers), std::span<const Binding>(response_headers)}) {
    for (const auto& binding : bindings) {
      const auto found = response.find(binding.member);
      if (found == response.end() || found->is_null() || in_body(route, binding.member)) continue;
      out.headers.set(std::string(binding.name), header_text(binding, *found));
    }
  }
  const auto metadata = response.find("Metadata");
  if (metadata == response.end()) return;
  for (const auto& [key, value] : metadata->items()) {
    out.headers.add(std::string(metadata_prefix) + key,
                    value.is_string() ? value.get<std::string>() : core::dump_json(value));
  }
}

}  // namespace

S3Request decode_s3(const HttpRequest& request, const S3Call& call) {
  const auto query = parse_form(request.query());
  const auto target = call.bucket.empty() ? S3Target::service
                      : call.key.empty()  ? S3Target::bucket
                                          : S3Target::object;
  const auto& route = route_of(request, target, query);
  Json members = Json::object();
  for (const auto& [name, value] : query) {
    const auto* binding = std::ranges::find(parameters, name, &Binding::name);
    if (binding != std::end(parameters)) members[std::string(binding->member)] = value;
  }
  add_headers(members, request.headers);
  if (is_aws_chunked(request)) {
    auto body = decode_aws_chunked(request);
    add_headers(members, body.trailers);
    const auto encoding = content_encoding_of(request);
    members.erase("ContentEncoding");
    if (!encoding.empty()) members["ContentEncoding"] = encoding;
    add_body(members, route.request, std::move(body.bytes));
  } else {
    add_body(members, route.request, request.body);
  }
  if (!call.bucket.empty()) members["Bucket"] = call.bucket;
  if (!call.key.empty()) members["Key"] = call.key;
  return {&route, std::move(members)};
}

HttpResponse encode_s3(const S3Route& route, const Json& response, const std::string& request_id) {
  HttpResponse out{route.success_status, {}, {}};
  add_ids(out, request_id);
  const auto& body = route.response;
  const Json absent;
  if (!body.root.empty()) {
    const Json* value = &response;
    if (!body.member.empty()) {
      value = response.contains(body.member) ? &response.at(std::string(body.member)) : &absent;
    }
    out.headers.add("Content-Type", "application/xml");
    out.body = encode_xml(body.root, *body.shape, *value);
  } else if (!body.member.empty() && response.contains(body.member)) {
    out.headers.add("Content-Type", "application/json");
    out.body = response.at(std::string(body.member)).get<std::string>();
  }
  add_response_headers(out, route, response);
  if (response.contains("ContentRange")) out.status = 206;
  if (response.contains("ContentLength")) {
    out.rest_size = response["ContentLength"].get<std::uint64_t>();
  }
  return out;
}

HttpResponse encode_s3_error(const HttpRequest& request, const AwsError& error,
                             const std::string& request_id) {
  HttpResponse out{error.http_status(), {}, {}};
  add_ids(out, request_id);
  std::string elements;
  if (!error.details().empty()) {
    const auto details = core::parse_json(error.details());
    for (const auto& [name, value] : details.items()) {
      if (name == "headers") {
        for (const auto& [header, text] : value.items()) {
          out.headers.add(header, text.get<std::string>());
        }
        continue;
      }
      elements += "<" + name + ">" + escape_xml(value.get<std::string>()) + "</" + name + ">";
    }
  }
  if (request.method == "HEAD" || out.status == 304) return out;
  out.headers.add("Content-Type", "application/xml");
  out.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" +
             escape_xml(error.code()) + "</Code><Message>" + escape_xml(error.message()) +
             "</Message>" + elements + "<RequestId>" + request_id + "</RequestId><HostId>" +
             request_id_2(request_id) + "</HostId></Error>";
  return out;
}

}  // namespace votemu::wire
