#include "cloudformation/resources/kept.h"
#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {
namespace {

constexpr std::size_t longest_role_name = 64;

Made identify(const ResourceContext& context, const Json& properties) {
  std::string name = text_property(properties, "RoleName");
  if (name.empty()) name = context.generated_name(longest_role_name);
  std::string path = text_property(properties, "Path");
  if (path.empty()) path = "/";
  return {name,
          {{"Arn", "arn:aws:iam::" + context.request.scope.account + ":role" + path + name},
           {"RoleId", "AROA" + context.runtime.random.upper_alphanumeric(17)}}};
}

}  // namespace

std::unique_ptr<ResourceType> iam_role() {
  return kept_type({"RoleName", "Path"}, identify);
}

}  // namespace votemu::cloudformation
