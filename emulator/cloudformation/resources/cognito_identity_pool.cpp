#include "cloudformation/resources/kept.h"
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

Made identify(const ResourceContext& context, const Json& properties) {
  std::string name = text_property(properties, "IdentityPoolName");
  if (name.empty()) name = context.generated_name(128);
  return {context.request.scope.region + ":" + context.runtime.random.uuid(), {{"Name", name}}};
}

}  // namespace

std::unique_ptr<ResourceType> cognito_identity_pool() {
  return kept_type({}, identify);
}

}  // namespace votemu::cloudformation
