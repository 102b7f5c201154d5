// AWS::Cognito::UserPoolClient
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

constexpr std::size_t longest_client_name = 128;

class UserPoolClient final : public ResourceType {
 public:
  void check(const ResourceContext&, const Json& properties) const override {
    refuse_unknown_properties(properties, known_);
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    Json request = members_from(properties, known_);
    if (!request.contains("ClientName")) {
      request["ClientName"] = context.generated_name(longest_client_name);
    }
    return described(
        context.call(context.services.cognito_user_pools, "CreateUserPoolClient", request));
  }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    Json request = members_from(properties, known_);
    request.erase("GenerateSecret");
    request["ClientId"] = old.physical_id;
    return described(
        context.call(context.services.cognito_user_pools, "UpdateUserPoolClient", request));
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.cognito_user_pools, "DeleteUserPoolClient",
                 {{"UserPoolId", state.properties["UserPoolId"]}, {"ClientId", state.physical_id}});
  }

 private:
  static Made described(const Json& response) {
    const Json& client = response["UserPoolClient"];
    Json attributes{{"ClientId", client["ClientId"]}, {"Name", client["ClientName"]}};
    if (client.contains("ClientSecret")) attributes["ClientSecret"] = client["ClientSecret"];
    return {text_property(client, "ClientId"), std::move(attributes)};
  }

  // Named as in the API.
  std::vector<std::string> known_{"AccessTokenValidity",
                                  "AllowedOAuthFlows",
                                  "AllowedOAuthFlowsUserPoolClient",
                                  "AllowedOAuthScopes",
                                  "AnalyticsConfiguration",
                                  "AuthSessionValidity",
                                  "CallbackURLs",
                                  "ClientName",
                                  "DefaultRedirectURI",
                                  "EnablePropagateAdditionalUserContextData",
                                  "EnableTokenRevocation",
                                  "ExplicitAuthFlows",
                                  "GenerateSecret",
                                  "IdTokenValidity",
                                  "LogoutURLs",
                                  "PreventUserExistenceErrors",
                                  "ReadAttributes",
                                  "RefreshTokenRotation",
                                  "RefreshTokenValidity",
                                  "SupportedIdentityProviders",
                                  "TokenValidityUnits",
                                  "UserPoolId",
                                  "WriteAttributes"};
  std::vector<std::string> replacing_{"GenerateSecret", "UserPoolId"};
};

}  // namespace

std::unique_ptr<ResourceType> cognito_user_pool_client() {
  return std::make_unique<UserPoolClient>();
}

}  // namespace votemu::cloudformation
