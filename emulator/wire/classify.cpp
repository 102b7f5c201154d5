#include "wire/classify.h"

#include <array>
#include <optional>

#include "wire/query_services.h"
#include "wire/s3_address.h"

namespace votemu::wire {
namespace {

struct TargetPrefix {
  std::string_view prefix;
  std::string_view service;
};

constexpr std::array target_prefixes = {
    TargetPrefix{"DynamoDB_20120810", "dynamodb"},
    TargetPrefix{"DynamoDBStreams_20120810", "streams.dynamodb"},
    TargetPrefix{"AmazonSQS", "sqs"},
    TargetPrefix{"Logs_20140328", "logs"},
    TargetPrefix{"AWSCognitoIdentityService", "cognito-identity"},
    TargetPrefix{"AWSCognitoIdentityProviderService", "cognito-idp"},
};

JsonCall json_call(std::string_view target) {
  const auto dot = target.find('.');
  if (dot == std::string_view::npos) return {};
  for (const auto& known : target_prefixes) {
    if (target.substr(0, dot) == known.prefix) return {known.service, target.substr(dot + 1)};
  }
  return {};
}

// "/stage/rest" -> stage, "/rest"
ExecuteApiCall staged(std::string api_id, std::string_view path) {
  path.remove_prefix(path.starts_with('/') ? 1 : 0);
  const auto slash = path.find('/');
  const auto rest = slash == std::string_view::npos ? std::string_view("/") : path.substr(slash);
  return {std::move(api_id), std::string(path.substr(0, slash)), std::string(rest)};
}

std::optional<ExecuteApiCall> by_host(const HttpRequest& request) {
  const auto host = request.headers.get("Host");
  const auto dot = host.find(".execute-api.");
  if (dot == std::string_view::npos || dot == 0) return std::nullopt;
  return staged(std::string(host.substr(0, dot)), request.path());
}

std::optional<ExecuteApiCall> by_path(std::string_view path) {
  constexpr std::string_view execute_api = "/_aws/execute-api/";
  constexpr std::string_view rest_apis = "/restapis/";
  constexpr std::string_view user_request = "/_user_request_";
  if (path.starts_with(execute_api)) {
    const auto rest = path.substr(execute_api.size());
    const auto slash = rest.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    return staged(std::string(rest.substr(0, slash)), rest.substr(slash));
  }
  if (!path.starts_with(rest_apis)) return std::nullopt;
  const auto ids_and_rest = path.substr(rest_apis.size());
  const auto mark = ids_and_rest.find(user_request);
  const auto ids = ids_and_rest.substr(0, mark);
  const auto slash = ids.find('/');
  if (mark == std::string_view::npos || slash == std::string_view::npos) return std::nullopt;
  const auto rest = ids_and_rest.substr(mark + user_request.size());
  if (!rest.empty() && !rest.starts_with('/')) return std::nullopt;
  return ExecuteApiCall{std::string(ids.substr(0, slash)), std::string(ids.substr(slash + 1)),
                        rest.empty() ? "/" : std::string(rest)};
}

bool is_query(const HttpRequest& request) {
  if (request.headers.get("Content-Type").starts_with("application/x-www-form-urlencoded")) {
    return request.body.starts_with("Action=") ||
           request.body.find("&Action=") != std::string::npos;
  }
  return request.query().starts_with("Action=") ||
         request.query().find("&Action=") != std::string_view::npos;
}

// "/000000000000/queue"
bool is_queue_path(std::string_view path) {
  constexpr std::size_t account_length = 12;
  if (path.size() < account_length + 3 || path[account_length + 1] != '/') return false;
  return path.substr(1, account_length).find_first_not_of("0123456789") == std::string_view::npos;
}

// "2012-11-05" of "…&Version=2012-11-05&…"
std::string_view version_in(std::string_view form) {
  constexpr std::string_view name = "Version=";
  for (auto at = form.find(name); at != form.npos; at = form.find(name, at + 1)) {
    if (at > 0 && form[at - 1] != '&') continue;
    const auto value = form.substr(at + name.size());
    return value.substr(0, value.find('&'));
  }
  return {};
}

// An unsigned call's service is told by the API's version or the queue's URL alone.
std::string query_service(const HttpRequest& request, std::string_view signing_service) {
  if (!signing_service.empty()) return std::string(signing_service);
  for (const auto form : {std::string_view(request.body), request.query()}) {
    const auto* service = find_query_service_of_version(version_in(form));
    if (service) return std::string(service->name);
  }
  return is_queue_path(request.path()) ? "sqs" : "";
}

// "/a" and "/a/b" are under "/a", "/ab" is not.
bool is_under(std::string_view path, std::string_view parent) {
  return path.starts_with(parent) && (path.size() == parent.size() || path[parent.size()] == '/');
}

// Lambda's paths begin with the date of their API's version.
bool begins_with_date(std::string_view path) {
  constexpr std::string_view shape = "/0000-00-00/";
  if (path.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = path[i] >= '0' && path[i] <= '9';
    if (shape[i] == '0' ? !digit : path[i] != shape[i]) return false;
  }
  return true;
}

std::optional<RestCall> rest_call(const HttpRequest& request, std::string_view service) {
  const auto path = request.path();
  if (begins_with_date(path)) return RestCall{"lambda"};
  if (is_under(path, "/restapis") || path == "/account") return RestCall{"apigateway"};
  if (path == "/endpoint") return RestCall{"iot"};
  const bool signed_iot = service == "iotdata" || service == "iotdevicegateway";
  if (path.starts_with("/topics/") && (request.method == "POST" || signed_iot)) {
    return RestCall{"iotdata"};
  }
  if (is_under(path, "/retainedMessage")) return RestCall{"iotdata"};
  return std::nullopt;
}

}  // namespace

Classified classify(const HttpRequest& request, std::string_view service) {
  const auto path = request.path();
  if (auto call = by_host(request)) return *call;
  if (is_under(path, "/_votemu") || is_under(path, "/_localstack")) return ControlCall{};
  if (auto call = s3_call(request, service)) return *call;
  if (auto call = by_path(path)) return *call;
  if (const auto target = request.headers.find("X-Amz-Target")) return json_call(*target);
  if (is_query(request)) return QueryCall{query_service(request, service)};
  if (auto call = rest_call(request, service)) return *call;
  // A stage is called unsigned or signed for execute-api: this is an API that is not here.
  if (!service.empty() && service != "execute-api") return RestCall{std::string(service)};
  return staged("", path);
}

}  // namespace votemu::wire
