#include "cloudformation/resources/kept.h"
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

Made identify(const ResourceContext& context, const Json& properties) {
  const std::string id = context.runtime.random.alphanumeric(26);
  Json attributes{{"ClientId", id}, {"Name", text_property(properties, "ClientName")}};
  if (text_property(properties, "GenerateSecret") == "true") {
    attributes["ClientSecret"] = context.runtime.random.alphanumeric(52);
  }
  return {id, std::move(attributes)};
}

}  // namespace

std::unique_ptr<ResourceType> cognito_user_pool_client() {
  return kept_type({"UserPoolId", "GenerateSecret"}, identify);
}

}  // namespace votemu::cloudformation
