// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html
#include "authorization/actions.h"

namespace votemu::authorization {
namespace {

constexpr std::string_view cloudformation_principal = "cloudformation.amazonaws.com";

// A stack that is named without its id is any of that name; without a name it is any.
std::string stack_of(const Call& call) {
  std::string name = call.text("StackName");
  if (name.empty()) name = call.text("ChangeSetName");
  if (name.starts_with("arn:")) return name;
  return call.arn("cloudformation", "stack/" + (name.empty() ? "*" : name) + "/*");
}

AccessRule asks_and_passes_role(const std::string& action) {
  return [action](const Call& call) {
    Accesses accesses{{action, stack_of(call)}};
    const std::string template_url = call.text("TemplateURL");
    if (!template_url.empty()) {
      accesses.front().context.push_back({"cloudformation:TemplateUrl", {template_url}});
    }
    add_pass_role(accesses, call.text("RoleARN"), cloudformation_principal);
    return accesses;
  };
}

}  // namespace

// What a stack's resources ask for is not asked of who deploys it: they are made with the rights
// of the account.
AccessTable cloudformation_access() {
  AccessTable table;
  for (const std::string operation :
       {"CancelUpdateStack", "DeleteChangeSet", "DescribeChangeSet", "DescribeStackEvents",
        "DescribeStackResource", "DescribeStackResources", "DescribeStacks", "ExecuteChangeSet",
        "GetStackPolicy", "GetTemplate", "GetTemplateSummary", "ListChangeSets",
        "ListStackResources", "SetStackPolicy", "UpdateTerminationProtection"}) {
    table[operation] = asks("cloudformation:" + operation, stack_of);
  }
  for (const std::string operation : {"ContinueUpdateRollback", "CreateChangeSet", "CreateStack",
                                      "DeleteStack", "RollbackStack", "UpdateStack"}) {
    table[operation] = asks_and_passes_role("cloudformation:" + operation);
  }
  for (const std::string operation :
       {"ListExports", "ListImports", "ListStacks", "ValidateTemplate"}) {
    table[operation] = asks("cloudformation:" + operation);
  }
  return table;
}

}  // namespace votemu::authorization
