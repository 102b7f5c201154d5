// DescribeStackResource, DescribeStackResources, ListStackResources
#include "cloudformation/api/operations.h"
#include "cloudformation/api/request.h"
#include "cloudformation/stack_rows.h"
#include "core/calendar.h"

namespace votemu::cloudformation::api {
namespace {

Json resource_shape(const std::string& id, const ResourceRecord& record, const char* time_name) {
  Json shape{{"LogicalResourceId", id},
             {"PhysicalResourceId", record.state.physical_id},
             {"ResourceType", record.type},
             {"ResourceStatus", record.status},
             {"DriftInformation", {{"StackResourceDriftStatus", "NOT_CHECKED"}}}};
  shape[time_name] = core::iso8601_ms(record.changed_ms);
  if (!record.status_reason.empty()) shape["ResourceStatusReason"] = record.status_reason;
  return shape;
}

Json with_stack(Json shape, const StackRecord& stack) {
  shape["StackName"] = stack.name;
  shape["StackId"] = stack.id;
  return shape;
}

StackRecord owner_of(const Engine& engine, const RequestContext& context,
                     const std::string& physical_id) {
  std::optional<StackRecord> owner;
  for_each_stack(engine.runtime.store, context.scope, false, [&](const StackRecord& stack) {
    for (const auto& [id, record] : stack.resources) {
      if (!owner && record.state.physical_id == physical_id) owner = stack;
    }
  });
  if (!owner) throw invalid("Stack for " + physical_id + " does not exist");
  return std::move(*owner);
}

const ResourceRecord& resource_of(const StackRecord& stack, const std::string& id) {
  const auto found = stack.resources.find(id);
  if (found != stack.resources.end()) return found->second;
  throw invalid("Resource " + id + " does not exist for stack " + stack.name);
}

}  // namespace

Json describe_stack_resource(const Engine& engine, const RequestContext& context,
                             const Json& request) {
  const std::string name = required_text(request, "StackName");
  const std::string id = required_text(request, "LogicalResourceId");
  const auto stack = load_stack(engine.runtime.store, context.scope, name);
  if (!stack) throw invalid("Stack '" + name + "' does not exist");
  const auto& record = resource_of(*stack, id);
  Json detail = with_stack(resource_shape(id, record, "LastUpdatedTimestamp"), *stack);
  if (!record.metadata.is_null()) detail["Metadata"] = core::dump_json(record.metadata);
  return {{"StackResourceDetail", std::move(detail)}};
}

Json describe_stack_resources(const Engine& engine, const RequestContext& context,
                              const Json& request) {
  const std::string name = text(request, "StackName");
  const std::string physical_id = text(request, "PhysicalResourceId");
  if (name.empty() == physical_id.empty()) {
    throw invalid(name.empty()
                      ? "Stack name or physical resource id must be specified"
                      : "Stack name and physical resource id cannot be specified together");
  }
  const auto stack = name.empty() ? owner_of(engine, context, physical_id)
                                  : find_stack(engine, context, name, Missing::with_id);
  const std::string wanted = text(request, "LogicalResourceId");
  if (!wanted.empty()) resource_of(stack, wanted);
  Json list = Json::array();
  for (const auto& [id, record] : stack.resources) {
    if (!wanted.empty() && id != wanted) continue;
    list.push_back(with_stack(resource_shape(id, record, "Timestamp"), stack));
  }
  return {{"StackResources", std::move(list)}};
}

Json list_stack_resources(const Engine& engine, const RequestContext& context,
                          const Json& request) {
  const auto stack =
      find_stack(engine, context, required_text(request, "StackName"), Missing::with_id);
  const Page page = page_of(request, stack.resources.size());
  Json list = Json::array();
  std::size_t number = 0;
  for (const auto& [id, record] : stack.resources) {
    if (number >= page.begin && number < page.end) {
      list.push_back(resource_shape(id, record, "LastUpdatedTimestamp"));
    }
    ++number;
  }
  return paged("StackResourceSummaries", std::move(list), page.next_token);
}

}  // namespace votemu::cloudformation::api
