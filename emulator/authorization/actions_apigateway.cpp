// API Gateway's actions are HTTP methods on the paths of its API.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
#include <array>

#include "authorization/actions.h"
#include "core/text.h"

namespace votemu::authorization {
namespace {

struct Route {
  const char* operation;
  const char* method;
  const char* path;  // with members in braces
};

constexpr const char* apis = "/restapis";
constexpr const char* api = "/restapis/{restApiId}";
constexpr const char* resources = "/restapis/{restApiId}/resources";
constexpr const char* resource = "/restapis/{restApiId}/resources/{resourceId}";
constexpr const char* method = "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}";
constexpr const char* method_response =
    "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/responses/{statusCode}";
constexpr const char* integration =
    "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration";
constexpr const char* integration_response =
    "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration/responses/"
    "{statusCode}";
constexpr const char* deployments = "/restapis/{restApiId}/deployments";
constexpr const char* deployment = "/restapis/{restApiId}/deployments/{deploymentId}";
constexpr const char* stages = "/restapis/{restApiId}/stages";
constexpr const char* stage = "/restapis/{restApiId}/stages/{stageName}";
constexpr const char* tags = "/tags/{resourceArn}";

constexpr std::array routes{
    Route{"CreateRestApi", "POST", apis},
    Route{"ImportRestApi", "POST", apis},
    Route{"GetRestApis", "GET", apis},
    Route{"GetRestApi", "GET", api},
    Route{"PutRestApi", "PUT", api},
    Route{"UpdateRestApi", "PATCH", api},
    Route{"DeleteRestApi", "DELETE", api},
    Route{"GetResources", "GET", resources},
    Route{"CreateResource", "POST", "/restapis/{restApiId}/resources/{parentId}"},
    Route{"GetResource", "GET", resource},
    Route{"UpdateResource", "PATCH", resource},
    Route{"DeleteResource", "DELETE", resource},
    Route{"PutMethod", "PUT", method},
    Route{"GetMethod", "GET", method},
    Route{"UpdateMethod", "PATCH", method},
    Route{"DeleteMethod", "DELETE", method},
    Route{"TestInvokeMethod", "POST", method},
    Route{"PutMethodResponse", "PUT", method_response},
    Route{"GetMethodResponse", "GET", method_response},
    Route{"UpdateMethodResponse", "PATCH", method_response},
    Route{"DeleteMethodResponse", "DELETE", method_response},
    Route{"PutIntegration", "PUT", integration},
    Route{"GetIntegration", "GET", integration},
    Route{"UpdateIntegration", "PATCH", integration},
    Route{"DeleteIntegration", "DELETE", integration},
    Route{"PutIntegrationResponse", "PUT", integration_response},
    Route{"GetIntegrationResponse", "GET", integration_response},
    Route{"UpdateIntegrationResponse", "PATCH", integration_response},
    Route{"DeleteIntegrationResponse", "DELETE", integration_response},
    Route{"CreateDeployment", "POST", deployments},
    Route{"GetDeployments", "GET", deployments},
    Route{"GetDeployment", "GET", deployment},
    Route{"UpdateDeployment", "PATCH", deployment},
    Route{"DeleteDeployment", "DELETE", deployment},
    Route{"CreateStage", "POST", stages},
    Route{"GetStages", "GET", stages},
    Route{"GetStage", "GET", stage},
    Route{"UpdateStage", "PATCH", stage},
    Route{"DeleteStage", "DELETE", stage},
    Route{"GetAccount", "GET", "/account"},
    Route{"UpdateAccount", "PATCH", "/account"},
    Route{"GetAuthorizers", "GET", "/restapis/{restApiId}/authorizers"},
    Route{"GetDocumentationParts", "GET", "/restapis/{restApiId}/documentation/parts"},
    Route{"GetDocumentationVersions", "GET", "/restapis/{restApiId}/documentation/versions"},
    Route{"GetGatewayResponses", "GET", "/restapis/{restApiId}/gatewayresponses"},
    Route{"GetModels", "GET", "/restapis/{restApiId}/models"},
    Route{"GetRequestValidators", "GET", "/restapis/{restApiId}/requestvalidators"},
    Route{"GetApiKeys", "GET", "/apikeys"},
    Route{"GetClientCertificates", "GET", "/clientcertificates"},
    Route{"GetDomainNames", "GET", "/domainnames"},
    Route{"GetUsagePlans", "GET", "/usageplans"},
    Route{"GetVpcLinks", "GET", "/vpclinks"},
    Route{"GetTags", "GET", tags},
    Route{"TagResource", "PUT", tags},
    Route{"UntagResource", "DELETE", tags},
};

// The path with the members' values; an ARN in it is one segment.
std::string filled(std::string_view path, const Call& call) {
  std::string out;
  while (!path.empty()) {
    const auto open = path.find('{');
    out.append(path.substr(0, open));
    if (open == std::string_view::npos) break;
    const auto close = path.find('}', open);
    out.append(core::percent_encode(call.text(path.substr(open + 1, close - open - 1))));
    path.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace

AccessTable apigateway_access() {
  AccessTable table;
  for (const Route& route : routes) {
    const std::string path = route.path;
    table[route.operation] =
        asks("apigateway:" + std::string(route.method), [path](const Call& call) {
          return "arn:aws:apigateway:" + call.scope.region + "::" + filled(path, call);
        });
  }
  return table;
}

}  // namespace votemu::authorization
