#include "cloudformation/api/operations.h"

namespace votemu::cloudformation::api {

core::OperationTable operations(const Engine& engine) {
  core::OperationTable table;
  const auto add = [&](const char* name,
                       Json (*run)(const Engine&, const RequestContext&, const Json&)) {
    table[name] = [&engine, run](const RequestContext& context, const Json& request) {
      return run(engine, context, request);
    };
  };
  add("CancelUpdateStack", cancel_update_stack);
  add("ContinueUpdateRollback", continue_update_rollback);
  add("CreateChangeSet", create_change_set);
  add("CreateStack", create_stack);
  add("DeleteChangeSet", delete_change_set);
  add("DeleteStack", delete_stack);
  add("DescribeChangeSet", describe_change_set);
  add("DescribeStackEvents", describe_stack_events);
  add("DescribeStackResource", describe_stack_resource);
  add("DescribeStackResources", describe_stack_resources);
  add("DescribeStacks", describe_stacks);
  add("ExecuteChangeSet", execute_change_set);
  add("GetStackPolicy", get_stack_policy);
  add("GetTemplate", get_template);
  add("GetTemplateSummary", get_template_summary);
  add("ListChangeSets", list_change_sets);
  add("ListExports", list_exports);
  add("ListImports", list_imports);
  add("ListStackResources", list_stack_resources);
  add("ListStacks", list_stacks);
  add("RollbackStack", rollback_stack);
  add("SetStackPolicy", set_stack_policy);
  add("UpdateStack", update_stack);
  add("UpdateTerminationProtection", update_termination_protection);
  add("ValidateTemplate", validate_template);
  return table;
}

}  // namespace votemu::cloudformation::api
