// DescribeStacks, ListStacks
#include <algorithm>

#include "cloudformation/api/operations.h"
#include "cloudformation/api/request.h"
#include "cloudformation/api/shapes.h"
#include "cloudformation/stack_rows.h"
#include "core/calendar.h"

namespace votemu::cloudformation::api {
namespace {

Json output_shapes(const std::map<std::string, Output>& outputs) {
  Json list = Json::array();
  for (const auto& [name, output] : outputs) {
    Json shape{{"OutputKey", name}, {"OutputValue", output.value}};
    if (!output.description.empty()) shape["Description"] = output.description;
    if (!output.export_name.empty()) shape["ExportName"] = output.export_name;
    list.push_back(std::move(shape));
  }
  return list;
}

// What both operations tell; the description under either name.
Json summary_shape(const StackRecord& stack, const char* description) {
  Json shape{{"StackId", stack.id},
             {"StackName", stack.name},
             {"CreationTime", core::iso8601_ms(stack.created_ms)},
             {"StackStatus", stack.status},
             {"DriftInformation", {{"StackDriftStatus", "NOT_CHECKED"}}}};
  if (!stack.description.empty()) shape[description] = stack.description;
  if (!stack.status_reason.empty()) shape["StackStatusReason"] = stack.status_reason;
  if (stack.updated_ms > 0) shape["LastUpdatedTime"] = core::iso8601_ms(stack.updated_ms);
  if (stack.deleted_ms > 0) shape["DeletionTime"] = core::iso8601_ms(stack.deleted_ms);
  return shape;
}

Json stack_shape(const StackRecord& stack) {
  Json shape = summary_shape(stack, "Description");
  shape["RollbackConfiguration"] = Json::object();
  shape["DisableRollback"] = stack.disable_rollback;
  shape["NotificationARNs"] = stack.settings.notification_arns;
  shape["Tags"] = tag_shapes(stack.settings.tags);
  shape["EnableTerminationProtection"] = stack.termination_protection;
  if (!stack.parameter_values.empty()) {
    shape["Parameters"] = parameter_shapes(stack.parameter_values, stack.secret_parameters);
  }
  if (!stack.settings.capabilities.empty()) shape["Capabilities"] = stack.settings.capabilities;
  if (!stack.outputs.empty()) shape["Outputs"] = output_shapes(stack.outputs);
  if (!stack.settings.role_arn.empty()) shape["RoleARN"] = stack.settings.role_arn;
  if (!stack.change_set_id.empty()) shape["ChangeSetId"] = stack.change_set_id;
  if (stack.timeout_minutes > 0) shape["TimeoutInMinutes"] = stack.timeout_minutes;
  return shape;
}

Json page(const Json& request, const char* member, const std::vector<Json>& shapes) {
  const Page page = page_of(request, shapes.size());
  Json items = Json::array();
  for (std::size_t i = page.begin; i < page.end; ++i) items.push_back(shapes[i]);
  return paged(member, std::move(items), page.next_token);
}

}  // namespace

Json describe_stacks(const Engine& engine, const RequestContext& context, const Json& request) {
  const std::string name = text(request, "StackName");
  if (!name.empty()) {
    const auto stack = find_stack(engine, context, name, Missing::with_id);
    return {{"Stacks", Json::array({stack_shape(stack)})}};
  }
  std::vector<Json> shapes;
  for_each_stack(engine.runtime.store, context.scope, false,
                 [&](const StackRecord& stack) { shapes.push_back(stack_shape(stack)); });
  return page(request, "Stacks", shapes);
}

Json list_stacks(const Engine& engine, const RequestContext& context, const Json& request) {
  const auto wanted = texts(request, "StackStatusFilter");
  std::vector<Json> shapes;
  for_each_stack(engine.runtime.store, context.scope, true, [&](const StackRecord& stack) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), stack.status) == wanted.end()) {
      return;
    }
    shapes.push_back(summary_shape(stack, "TemplateDescription"));
  });
  return page(request, "StackSummaries", shapes);
}

}  // namespace votemu::cloudformation::api
