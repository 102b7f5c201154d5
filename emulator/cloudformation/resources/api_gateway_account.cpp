#include "cloudformation/resources/kept.h"
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {

std::unique_ptr<ResourceType> api_gateway_account() {
  return kept_type({}, named_only);
}

}  // namespace votemu::cloudformation
