#include "cloudformation/resources/kept.h"
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

Made identify(const ResourceContext& context, const Json&) {
  const std::string id = context.generated_name(100);
  return {id, {{"Id", id}}};
}

}  // namespace

std::unique_ptr<ResourceType> lambda_permission() {
  return kept_type({"Action", "EventSourceToken", "FunctionName", "FunctionUrlAuthType",
                    "Principal", "PrincipalOrgID", "SourceAccount", "SourceArn"},
                   identify);
}

}  // namespace votemu::cloudformation
