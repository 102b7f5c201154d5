#include "cloudformation/resources/kept.h"
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

Made identify(const ResourceContext& context, const Json&) {
  const std::string id = context.generated_name();
  return {id, {{"Id", id}}};
}

}  // namespace

std::unique_ptr<ResourceType> sqs_queue_policy() {
  return kept_type({}, identify);
}

}  // namespace votemu::cloudformation
