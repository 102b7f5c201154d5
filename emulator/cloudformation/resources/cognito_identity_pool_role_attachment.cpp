#include "cloudformation/resources/kept.h"
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {

std::unique_ptr<ResourceType> cognito_identity_pool_role_attachment() {
  return kept_type({"IdentityPoolId"}, named_only);
}

}  // namespace votemu::cloudformation
