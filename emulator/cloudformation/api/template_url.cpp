#include "cloudformation/api/template_url.h"

#include "cloudformation/limits.h"
#include "core/members.h"
#include "core/text.h"

namespace votemu::cloudformation::api {
namespace {

std::string version_in(std::string_view query) {
  constexpr std::string_view name = "versionId=";
  const auto at = query.find(name);
  if (at == std::string_view::npos) return {};
  const auto value = query.substr(at + name.size());
  return core::percent_decode(value.substr(0, value.find('&')));
}

// "bucket" of "bucket.s3.us-east-1.amazonaws.com"; "" when the bucket is in the path.
std::string_view bucket_in(std::string_view host) {
  for (const std::string_view mark : {".s3.", ".s3-"}) {
    const auto at = host.find(mark);
    if (at != std::string_view::npos) return host.substr(0, at);
  }
  return {};
}

}  // namespace

std::optional<S3Location> parse_template_url(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos || !url.starts_with("http")) return std::nullopt;
  url.remove_prefix(scheme + 3);
  const auto query = url.find('?');
  const auto version =
      query == std::string_view::npos ? std::string() : version_in(url.substr(query));
  url = url.substr(0, query);
  const auto slash = url.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  std::string_view bucket = bucket_in(url.substr(0, slash));
  std::string_view path = url.substr(slash + 1);
  if (bucket.empty()) {
    const auto end = path.find('/');
    if (end == std::string_view::npos) return std::nullopt;
    bucket = path.substr(0, end);
    path.remove_prefix(end + 1);
  }
  if (bucket.empty() || path.empty()) return std::nullopt;
  return S3Location{std::string(bucket), core::percent_decode(path), version};
}

std::string fetch_template(const Engine& engine, const RequestContext& context,
                           const std::string& url) {
  const auto location = parse_template_url(url);
  if (!location) throw invalid("TemplateURL must be a supported URL.");
  const auto& s3 = engine.services.s3;
  if (!s3.contains("GetObject")) throw invalid("S3 error: Access Denied");
  Json request{{"Bucket", location->bucket}, {"Key", location->key}};
  if (!location->version.empty()) request["VersionId"] = location->version;
  try {
    const Json answer = core::call(engine.runtime.store, s3, "GetObject", context, request);
    auto body = core::string_member(answer, "Body").value_or("");
    if (body.size() <= limits::max_template_bytes) return body;
  } catch (const core::AwsError& error) {
    throw invalid("S3 error: " + error.message() +
                  "\nFor more information check "
                  "http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
  }
  throw invalid("Template may not exceed " + std::to_string(limits::max_template_bytes) +
                " bytes in size.");
}

}  // namespace votemu::cloudformation::api
