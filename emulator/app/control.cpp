#include "app/control.h"

#include <array>

#include "app/inventory.h"
#include "app/version.h"
#include "core/json.h"
#include "web/assets.h"

namespace votemu::app {
namespace {

constexpr std::array service_names = {"apigateway",
                                      "cloudformation",
                                      "cognito-identity",
                                      "cognito-idp",
                                      "dynamodb",
                                      "dynamodbstreams",
                                      "iam",
                                      "iot",
                                      "iot-data",
                                      "lambda",
                                      "logs",
                                      "s3",
                                      "sqs",
                                      "sts"};

wire::HttpResponse json_response(const core::Json& body, int status = 200) {
  return {status, {{"Content-Type", "application/json"}}, core::dump_json(body)};
}

bool reads(const wire::HttpRequest& request) {
  return request.method == "GET" || request.method == "HEAD";
}

}  // namespace

wire::HttpResponse Control::answer(const wire::HttpRequest& request) const {
  const auto path = request.path();
  const bool known_health = path == "/_votemu/health" || path == "/_localstack/health";
  if (known_health && reads(request)) return health();
  if (path == "/_localstack/info" && reads(request)) {
    return json_response({{"version", version}, {"edition", "votemu"}});
  }
  if (path == "/_votemu/ca.pem" && reads(request)) return authority();
  if (path == "/_votemu/config.json" && reads(request)) return page_config(request);
  return json_response({{"message", "Not Found"}}, 404);
}

wire::HttpResponse Control::health() const {
  core::Json services = core::Json::object();
  for (const auto* name : service_names) services[name] = "running";
  return json_response({{"services", services}, {"edition", "votemu"}, {"version", version}});
}

wire::HttpResponse Control::authority() const {
  if (auto pem = tls_certificate_.authority()) {
    return {200, {{"Content-Type", "application/x-pem-file"}}, std::move(*pem)};
  }
  return json_response({{"message",
                         "This votemu serves TLS with the certificate that --tls-cert gave it; "
                         "trust the CA that issued that one."}},
                       404);
}

// Of what is deployed now, in terms of the host that the browser used, so that the page works
// through any name of this process.
wire::HttpResponse Control::page_config(const wire::HttpRequest& request) const {
  core::RequestContext context;
  context.host = request.headers.get("Host");
  context.secure = request.secure;
  const auto inventory = take_inventory(store_, operations_, context);
  core::Json config = {
      {"region", context.scope.region},
      {"iotEndpoint", (request.secure ? "wss://" : "ws://") + context.host + "/mqtt"},
      {"iotTopic", inventory.iot_topic}};
  if (!inventory.api_id.empty()) {
    config["apiEndpoint"] = context.origin() + inventory.api_url_path;
  }
  if (!inventory.identity_pool_id.empty()) config["identityPoolId"] = inventory.identity_pool_id;
  auto response = json_response(config);
  response.headers.add("Cache-Control", "no-store");
  return response;
}

std::optional<wire::HttpResponse> Control::page(const wire::HttpRequest& request) const {
  if (!reads(request)) return std::nullopt;
  const auto* asset = web::find_asset(request.path());
  if (!asset) return std::nullopt;
  wire::HttpResponse response{200, {}, std::string(asset->body)};
  response.headers.add("Content-Type", asset->content_type);
  response.headers.add("ETag", asset->etag);
  response.headers.add("Cache-Control", "no-cache");
  response.headers.add("X-Content-Type-Options", "nosniff");
  // In another page's frame its buttons could be clicked unknowingly.
  response.headers.add("Content-Security-Policy", "frame-ancestors 'none'");
  if (request.headers.get("If-None-Match") == asset->etag) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

}  // namespace votemu::app
