#include "wire/rest_xml.h"

#include <algorithm>

#include "handlers/abi/base64.h"
#include "handlers/abi/utf8.h"
#include "wire/aws_chunked.h"
#include "wire/rest_xml_bodies.h"
#include "wire/s3_headers.h"
#include "wire/xml_reader.h"

namespace votemu::wire {
namespace {

using core::AwsError;
using core::Json;

struct Parameter {
  std::string_view name;
  std::string_view member;
};

constexpr Parameter parameters[] = {
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
  return route.header.empty() || request.headers.find(route.header).has_value();
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

void add_body(Json& members, const XmlBody& body, std::string bytes) {
  if (body.root.empty()) {
    if (!body.member.empty()) members[std::string(body.member)] = std::move(bytes);
    return;
  }
  if (bytes.empty()) return;
  const auto root = read_xml(bytes);
  if (root.name != body.root) {
    throw malformed_xml();
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

}  // namespace

S3Request decode_s3(const HttpRequest& request, const S3Call& call) {
  if (!abi::is_utf8(call.bucket) || !abi::is_utf8(call.key)) {
    throw AwsError("InvalidURI", "Couldn't parse the specified URI.");
  }
  const auto query = parse_form(request.query());
  const auto target = call.bucket.empty() ? S3Target::service
                      : call.key.empty()  ? S3Target::bucket
                                          : S3Target::object;
  const auto& route = route_of(request, target, query);
  Json members = Json::object();
  for (const auto& [name, value] : query) {
    const auto* known = std::ranges::find(parameters, name, &Parameter::name);
    if (known != std::end(parameters)) members[std::string(known->member)] = value;
  }
  add_s3_members(members, request.headers);
  if (is_aws_chunked(request)) {
    auto body = decode_aws_chunked(request);
    add_s3_members(members, body.trailers);
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
  add_s3_headers(out, route, response);
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
