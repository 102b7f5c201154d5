#include "wire/cors.h"

#include <string>

namespace votemu::wire {
namespace {

// `*` would not cover Authorization, so they are listed: what the AWS SDKs and Amplify send.
constexpr std::string_view allowed_headers =
    "authorization, content-type, content-length, content-md5, cache-control, "
    "x-amz-content-sha256, "
    "x-amz-date, x-amz-security-token, x-amz-target, x-amz-user-agent, x-amz-client-context, "
    "x-amz-invocation-type, x-amz-log-type, x-amzn-query-mode, x-amzn-trace-id, x-api-key, "
    "amz-sdk-invocation-id, amz-sdk-request, x-requested-with";

constexpr std::string_view exposed_headers =
    "x-amzn-RequestId, x-amzn-ErrorType, x-amzn-query-error, x-amz-crc32, x-amz-function-error, "
    "x-amz-log-result, x-amz-executed-version, x-amz-apigw-id, date, etag, accept-ranges, "
    "content-range, x-amz-request-id, x-amz-id-2, x-amz-version-id, x-amz-delete-marker, "
    "x-amz-bucket-region, x-amz-server-side-encryption, x-amz-checksum-crc32, "
    "x-amz-checksum-crc32c, x-amz-checksum-crc64nvme, x-amz-checksum-sha1, x-amz-checksum-sha256";

// And whatever else this client is about to send.
std::string allowed_headers_for(const HttpRequest& request) {
  std::string allowed(allowed_headers);
  const auto requested = request.headers.get("Access-Control-Request-Headers");
  if (!requested.empty()) allowed.append(", ").append(requested);
  return allowed;
}

}  // namespace

bool is_preflight(const HttpRequest& request) {
  return request.method == "OPTIONS" &&
         request.headers.find("Access-Control-Request-Method").has_value();
}

HttpResponse preflight_response(const HttpRequest& request) {
  HttpResponse response{200, {}, {}};
  allow_cross_origin(request, response);
  response.headers.add("Access-Control-Allow-Methods", "HEAD,GET,PUT,POST,DELETE,OPTIONS,PATCH");
  response.headers.add("Access-Control-Allow-Headers", allowed_headers_for(request));
  response.headers.add("Access-Control-Max-Age", "600");
  if (request.headers.find("Access-Control-Request-Private-Network")) {
    response.headers.add("Access-Control-Allow-Private-Network", "true");
  }
  return response;
}

void allow_cross_origin(const HttpRequest& request, HttpResponse& response) {
  const auto origin = request.headers.find("Origin");
  const bool cacheable = request.method == "GET" || request.method == "HEAD";
  if (origin || cacheable) response.headers.add("Vary", "Origin");
  if (!origin) return;
  response.headers.add("Access-Control-Allow-Origin", *origin);
  response.headers.add("Access-Control-Expose-Headers", exposed_headers);
}

}  // namespace votemu::wire
