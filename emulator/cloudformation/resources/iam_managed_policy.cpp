#include "cloudformation/resources/kept.h"
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

constexpr std::size_t longest_policy_name = 128;

Made identify(const ResourceContext& context, const Json& properties) {
  std::string name = text_property(properties, "ManagedPolicyName");
  if (name.empty()) name = context.generated_name(longest_policy_name);
  std::string path = text_property(properties, "Path");
  if (path.empty()) path = "/";
  const std::string arn = "arn:aws:iam::" + context.request.scope.account + ":policy" + path + name;
  return {arn, {{"PolicyArn", arn}}};
}

}  // namespace

std::unique_ptr<ResourceType> iam_managed_policy() {
  return kept_type({"Description", "ManagedPolicyName", "Path"}, identify);
}

}  // namespace votemu::cloudformation
