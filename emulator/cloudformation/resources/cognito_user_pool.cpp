#include "cloudformation/resources/kept.h"
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

constexpr std::string_view id_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

Made identify(const ResourceContext& context, const Json&) {
  const std::string& region = context.request.scope.region;
  const std::string id = region + "_" + context.runtime.random.pick(id_alphabet, 9);
  const std::string provider = "cognito-idp." + region + ".amazonaws.com/" + id;
  return {id,
          {{"Arn", context.arn("cognito-idp", "userpool/" + id)},
           {"ProviderName", provider},
           {"ProviderURL", "https://" + provider},
           {"UserPoolId", id}}};
}

}  // namespace

std::unique_ptr<ResourceType> cognito_user_pool() {
  return kept_type({}, identify);
}

}  // namespace votemu::cloudformation
