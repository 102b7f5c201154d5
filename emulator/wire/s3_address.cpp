#include "wire/s3_address.h"

#include <algorithm>

#include "core/text.h"

namespace votemu::wire {
namespace {

constexpr std::string_view own_domains[] = {".localhost", ".localhost.localstack.cloud"};

std::string_view host_name(const HttpRequest& request) {
  const auto host = request.headers.get("Host");
  return host.substr(0, host.rfind(':'));
}

bool is_domain_of_s3(std::string_view domain) {
  return domain.ends_with("amazonaws.com") || domain.ends_with("amazonaws.com.cn") ||
         domain.ends_with("localhost") || domain.ends_with("localstack.cloud");
}

struct S3Host {
  std::string_view bucket;  // "" when the path names it
};

// "s3.…" or "BUCKET.s3.…"; the endpoint's region may follow a dot or a hyphen.
std::optional<S3Host> host_of_s3(std::string_view host) {
  if (!is_domain_of_s3(host)) return std::nullopt;
  if (host.starts_with("s3.") || host.starts_with("s3-")) return S3Host{};
  for (const std::string_view label : {".s3.", ".s3-"}) {
    const auto found = host.rfind(label);
    if (found != std::string_view::npos && found > 0) return S3Host{host.substr(0, found)};
  }
  return std::nullopt;
}

// SDKs put the bucket before whatever host they were given: "BUCKET.localhost".
std::string_view bucket_before_own_domain(std::string_view host) {
  std::string_view bucket;
  for (const auto domain : own_domains) {
    if (host.ends_with(domain)) bucket = host.substr(0, host.size() - domain.size());
  }
  return bucket;
}

}  // namespace

S3Call s3_call_by_path(std::string_view path) {
  path.remove_prefix(path.starts_with('/') ? 1 : 0);
  const auto slash = path.find('/');
  const auto key = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  return {core::percent_decode(path.substr(0, slash)), core::percent_decode(key)};
}

std::optional<S3Call> s3_call(const HttpRequest& request, std::string_view service) {
  const auto host = host_name(request);
  const auto of_s3 = host_of_s3(host);
  if (!of_s3 && service != "s3") return std::nullopt;
  const auto bucket = of_s3 ? of_s3->bucket : bucket_before_own_domain(host);
  if (bucket.empty()) return s3_call_by_path(request.path());
  auto key = request.path();
  key.remove_prefix(key.starts_with('/') ? 1 : 0);
  return S3Call{std::string(bucket), core::percent_decode(key)};
}

}  // namespace votemu::wire
