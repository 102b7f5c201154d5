// AWS::ApiGateway::Method, with its integration and responses.
#include "cloudformation/resources/types.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

// What every operation on the method names.
Json address(const Json& properties) {
  return {{"restApiId", text_property(properties, "RestApiId")},
          {"resourceId", text_property(properties, "ResourceId")},
          {"httpMethod", text_property(properties, "HttpMethod")}};
}

const Json* object_property(const Json& properties, const char* name) {
  const auto found = properties.find(name);
  return found != properties.end() && found->is_object() ? &*found : nullptr;
}

Json list_property(const Json& properties, const char* name) {
  const auto found = properties.find(name);
  return found != properties.end() && found->is_array() ? *found : Json::array();
}

void put_method(const ResourceContext& context, const Json& properties) {
  Json members = members_from(properties, {{"AuthorizationType", "authorizationType"},
                                           {"AuthorizerId", "authorizerId"},
                                           {"AuthorizationScopes", "authorizationScopes"},
                                           {"ApiKeyRequired", "apiKeyRequired"},
                                           {"OperationName", "operationName"},
                                           {"RequestModels", "requestModels"},
                                           {"RequestParameters", "requestParameters"},
                                           {"RequestValidatorId", "requestValidatorId"}});
  if (!members.contains("authorizationType")) members["authorizationType"] = "NONE";
  members.update(address(properties));
  context.call(context.services.apigateway, "PutMethod", members);
}

void put_method_responses(const ResourceContext& context, const Json& properties) {
  for (const Json& response : list_property(properties, "MethodResponses")) {
    Json members = members_from(response, {{"ResponseModels", "responseModels"},
                                           {"ResponseParameters", "responseParameters"}});
    members["statusCode"] = text_property(response, "StatusCode");
    members.update(address(properties));
    context.call(context.services.apigateway, "PutMethodResponse", members);
  }
}

void put_integration(const ResourceContext& context, const Json& properties) {
  const Json* integration = object_property(properties, "Integration");
  if (!integration) return;
  Json members = members_from(*integration, {{"CacheKeyParameters", "cacheKeyParameters"},
                                             {"CacheNamespace", "cacheNamespace"},
                                             {"ConnectionId", "connectionId"},
                                             {"ConnectionType", "connectionType"},
                                             {"ContentHandling", "contentHandling"},
                                             {"Credentials", "credentials"},
                                             {"IntegrationHttpMethod", "integrationHttpMethod"},
                                             {"PassthroughBehavior", "passthroughBehavior"},
                                             {"RequestParameters", "requestParameters"},
                                             {"RequestTemplates", "requestTemplates"},
                                             {"TimeoutInMillis", "timeoutInMillis"},
                                             {"Type", "type"},
                                             {"Uri", "uri"}});
  members.update(address(properties));
  context.call(context.services.apigateway, "PutIntegration", members);
  for (const Json& response : list_property(*integration, "IntegrationResponses")) {
    Json given = members_from(response, {{"ContentHandling", "contentHandling"},
                                         {"ResponseParameters", "responseParameters"},
                                         {"ResponseTemplates", "responseTemplates"},
                                         {"SelectionPattern", "selectionPattern"}});
    given["statusCode"] = text_property(response, "StatusCode");
    given.update(address(properties));
    context.call(context.services.apigateway, "PutIntegrationResponse", given);
  }
}

class Method final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, known_);
  }

  // All of it or nothing: what was made is taken back when a part of it is refused.
  Made create(const ResourceContext& context, const Json& properties) const override {
    put_method(context, properties);
    try {
      put_method_responses(context, properties);
      put_integration(context, properties);
    } catch (const core::AwsError&) {
      context.call(context.services.apigateway, "DeleteMethod", address(properties));
      throw;
    }
    return {context.generated_name()};
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  // Made anew in its place. After a failure the deployment's undoing comes here again, and finds no
  // method perhaps.
  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    remove(context, old);
    create(context, properties);
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    try {
      context.call(context.services.apigateway, "DeleteMethod", address(state.properties));
    } catch (const core::AwsError& error) {
      if (error.code() != "NotFoundException") throw;
    }
  }

 private:
  std::vector<std::string> known_{"ApiKeyRequired",    "AuthorizationScopes", "AuthorizationType",
                                  "AuthorizerId",      "HttpMethod",          "Integration",
                                  "MethodResponses",   "OperationName",       "RequestModels",
                                  "RequestParameters", "RequestValidatorId",  "ResourceId",
                                  "RestApiId"};
  std::vector<std::string> replacing_{"HttpMethod", "ResourceId", "RestApiId"};
};

}  // namespace

std::unique_ptr<ResourceType> api_gateway_method() {
  return std::make_unique<Method>();
}

}  // namespace votemu::cloudformation
