#include "services/apigateway/stage_method_settings.h"

#include <charconv>
#include <cstdlib>

#include "services/apigateway/errors.h"

namespace votemu::apigateway {
namespace {

using core::Json;

struct Setting {
  std::string_view path;
  const char* member;
  enum class Kind { boolean, integer, number, text } kind;
};

constexpr Setting settings[] = {
    {"metrics/enabled", "metricsEnabled", Setting::Kind::boolean},
    {"logging/dataTrace", "dataTraceEnabled", Setting::Kind::boolean},
    {"logging/loglevel", "loggingLevel", Setting::Kind::text},
    {"throttling/burstLimit", "throttlingBurstLimit", Setting::Kind::integer},
    {"throttling/rateLimit", "throttlingRateLimit", Setting::Kind::number},
    {"caching/ttlInSeconds", "cacheTtlInSeconds", Setting::Kind::integer},
    {"caching/enabled", "cachingEnabled", Setting::Kind::boolean},
    {"caching/dataEncrypted", "cacheDataEncrypted", Setting::Kind::boolean},
    {"caching/requireAuthorizationForCacheControl", "requireAuthorizationForCacheControl",
     Setting::Kind::boolean},
    {"caching/unauthorizedCacheControlHeaderStrategy", "unauthorizedCacheControlHeaderStrategy",
     Setting::Kind::text},
};

// The list stands here as AWS writes it, missing commas included.
core::AwsError invalid_path(const std::string& path) {
  return bad_request(
      "Invalid method setting path: " + path +
      ". Must be one of: [/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, "
      "/clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, "
      "/accessLogSettings/format, /{resourcePath}/{httpMethod}/metrics/enabled, "
      "/{resourcePath}/{httpMethod}/logging/dataTrace, "
      "/{resourcePath}/{httpMethod}/logging/loglevel, "
      "/{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}/throttling/"
      "rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, "
      "/{resourcePath}/{httpMethod}/caching/enabled, "
      "/{resourcePath}/{httpMethod}/caching/dataEncrypted, "
      "/{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, "
      "/{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, "
      "/*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, "
      "/*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, "
      "/*/*/caching/enabled, /*/*/caching/dataEncrypted, "
      "/*/*/caching/requireAuthorizationForCacheControl, "
      "/*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, "
      "/tracingEnabled]");
}

Json default_settings() {
  return {{"metricsEnabled", false},
          {"dataTraceEnabled", false},
          {"throttlingBurstLimit", 5000},
          {"throttlingRateLimit", 10000.0},
          {"cachingEnabled", true},
          {"cacheTtlInSeconds", 300},
          {"cacheDataEncrypted", false},
          {"requireAuthorizationForCacheControl", true},
          {"unauthorizedCacheControlHeaderStrategy", "SUCCEED_WITH_RESPONSE_HEADER"}};
}

Json typed_value(const Setting& setting, const Patch& patch) {
  const std::string& text = patch.value;
  if (setting.kind == Setting::Kind::text) return text;
  if (setting.kind == Setting::Kind::boolean) return text == "true";
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  if (text.empty() || end != text.c_str() + text.size() || !(number >= 0 && number < 1e9)) {
    throw bad_request("Invalid patch value specified for " + patch.path);
  }
  if (setting.kind == Setting::Kind::number) return number;
  return static_cast<std::int64_t>(number);
}

// "~1votes/GET" of the path names "votes/GET".
std::string setting_name(std::string_view resource, std::string_view method) {
  std::string name(resource);
  for (auto at = name.find("~1"); at != std::string::npos; at = name.find("~1")) {
    name.replace(at, 2, "/");
  }
  if (name.starts_with('/')) name.erase(0, 1);
  return name + "/" + std::string(method);
}

}  // namespace

void apply_method_setting(const Patch& patch, Json& method_settings) {
  const auto resource_end = patch.path.find('/', 1);
  const auto method_end =
      resource_end == std::string::npos ? resource_end : patch.path.find('/', resource_end + 1);
  if (resource_end == std::string::npos || !patch.path.starts_with('/')) {
    throw invalid_path(patch.path);
  }
  const std::string_view path = patch.path;
  const std::string name =
      setting_name(path.substr(1, resource_end - 1),
                   path.substr(resource_end + 1, method_end - resource_end - 1));
  if (method_end == std::string::npos) {
    if (patch.op != "remove") throw invalid_path(patch.path);
    if (!method_settings.contains(name)) {
      throw bad_request("Cannot remove method setting " + name +
                        " because there is no method setting for this method ");
    }
    method_settings.erase(name);
    return;
  }
  for (const auto& setting : settings) {
    if (path.substr(method_end + 1) != setting.path) continue;
    Json value = typed_value(setting, patch);
    if (!method_settings.contains(name)) method_settings[name] = default_settings();
    method_settings[name][setting.member] = std::move(value);
    return;
  }
  throw invalid_path(patch.path);
}

}  // namespace votemu::apigateway
