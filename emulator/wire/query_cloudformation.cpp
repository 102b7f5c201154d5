// CloudFormation. Names and nesting as in AWS's service model of 2010-05-15.
#include "wire/query_services.h"
#include "wire/query_shape_builders.h"

namespace votemu::wire {
namespace {

constexpr Shape texts = list(text);

constexpr Member parameter_members[] = {{"ParameterKey", &text},
                                        {"ParameterValue", &text},
                                        {"UsePreviousValue", &boolean},
                                        {"ResolvedValue", &text}};
constexpr Shape parameter_shape = structure(parameter_members);
constexpr Shape parameters = list(parameter_shape);

constexpr Member tag_members[] = {{"Key", &text}, {"Value", &text}};
constexpr Shape tag = structure(tag_members);
constexpr Shape tags = list(tag);

// What most requests have: each operation reads those that are its own.
constexpr Member stack_request_members[] = {
    {"StackName", &text},
    {"ChangeSetName", &text},
    {"LogicalResourceId", &text},
    {"PhysicalResourceId", &text},
    {"ExportName", &text},
    {"TemplateStage", &text},
    {"StackStatusFilter", &texts},
    {"RetainResources", &texts},
    {"RoleARN", &text},
    {"EnableTerminationProtection", &boolean},
    {"DisableRollback", &boolean},
    {"StackPolicyBody", &text},
    {"ClientRequestToken", &text},
    {"NextToken", &text},
};
constexpr Shape stack_request = structure(stack_request_members);

// Of the operations that take a template.
constexpr Member template_request_members[] = {
    {"StackName", &text},
    {"TemplateBody", &text},
    {"TemplateURL", &text},
    {"UsePreviousTemplate", &boolean},
    {"Parameters", &parameters},
    {"Capabilities", &texts},
    {"RoleARN", &text},
    {"NotificationARNs", &texts},
    {"Tags", &tags},
    {"TimeoutInMinutes", &integer},
    {"DisableRollback", &boolean},
    {"OnFailure", &text},
    {"StackPolicyBody", &text},
    {"ClientRequestToken", &text},
    {"EnableTerminationProtection", &boolean},
    {"ChangeSetName", &text},
    {"ChangeSetType", &text},
    {"ClientToken", &text},
    {"Description", &text},
    {"OnStackFailure", &text},
};
constexpr Shape template_request = structure(template_request_members);

constexpr Member stack_id_members[] = {{"StackId", &text}};
constexpr Shape stack_id = structure(stack_id_members);

constexpr Member change_set_ids_members[] = {{"Id", &text}, {"StackId", &text}};
constexpr Shape change_set_ids = structure(change_set_ids_members);

constexpr Member output_members[] = {
    {"OutputKey", &text}, {"OutputValue", &text}, {"Description", &text}, {"ExportName", &text}};
constexpr Shape output = structure(output_members);
constexpr Shape outputs = list(output);

constexpr Member stack_drift_members[] = {{"StackDriftStatus", &text}};
constexpr Shape stack_drift = structure(stack_drift_members);
constexpr Member resource_drift_members[] = {{"StackResourceDriftStatus", &text}};
constexpr Shape resource_drift = structure(resource_drift_members);

constexpr Member stack_members[] = {
    {"StackId", &text},
    {"StackName", &text},
    {"ChangeSetId", &text},
    {"Description", &text},
    {"Parameters", &parameters},
    {"CreationTime", &text},
    {"DeletionTime", &text},
    {"LastUpdatedTime", &text},
    {"RollbackConfiguration", &no_members},
    {"StackStatus", &text},
    {"StackStatusReason", &text},
    {"DisableRollback", &boolean},
    {"NotificationARNs", &texts},
    {"TimeoutInMinutes", &integer},
    {"Capabilities", &texts},
    {"Outputs", &outputs},
    {"RoleARN", &text},
    {"Tags", &tags},
    {"EnableTerminationProtection", &boolean},
    {"DriftInformation", &stack_drift},
};
constexpr Shape stack = structure(stack_members);
constexpr Shape stacks = list(stack);
constexpr Member stacks_result_members[] = {{"Stacks", &stacks}, {"NextToken", &text}};
constexpr Shape stacks_result = structure(stacks_result_members);

constexpr Member stack_summary_members[] = {
    {"StackId", &text},      {"StackName", &text},         {"TemplateDescription", &text},
    {"CreationTime", &text}, {"LastUpdatedTime", &text},   {"DeletionTime", &text},
    {"StackStatus", &text},  {"StackStatusReason", &text}, {"DriftInformation", &stack_drift}};
constexpr Shape stack_summary = structure(stack_summary_members);
constexpr Shape stack_summaries = list(stack_summary);
constexpr Member list_stacks_result_members[] = {{"StackSummaries", &stack_summaries},
                                                 {"NextToken", &text}};
constexpr Shape list_stacks_result = structure(list_stacks_result_members);

constexpr Member event_members[] = {{"StackId", &text},
                                    {"EventId", &text},
                                    {"StackName", &text},
                                    {"LogicalResourceId", &text},
                                    {"PhysicalResourceId", &text},
                                    {"ResourceType", &text},
                                    {"Timestamp", &text},
                                    {"ResourceStatus", &text},
                                    {"ResourceStatusReason", &text},
                                    {"ResourceProperties", &text},
                                    {"ClientRequestToken", &text}};
constexpr Shape event = structure(event_members);
constexpr Shape events = list(event);
constexpr Member events_result_members[] = {{"StackEvents", &events}, {"NextToken", &text}};
constexpr Shape events_result = structure(events_result_members);

// The three operations that tell of resources name the time differently.
constexpr Member resource_members[] = {{"StackName", &text},
                                       {"StackId", &text},
                                       {"LogicalResourceId", &text},
                                       {"PhysicalResourceId", &text},
                                       {"ResourceType", &text},
                                       {"Timestamp", &text},
                                       {"LastUpdatedTimestamp", &text},
                                       {"ResourceStatus", &text},
                                       {"ResourceStatusReason", &text},
                                       {"Description", &text},
                                       {"Metadata", &text},
                                       {"DriftInformation", &resource_drift}};
constexpr Shape resource = structure(resource_members);
constexpr Shape resources = list(resource);
constexpr Member resource_result_members[] = {{"StackResourceDetail", &resource}};
constexpr Shape resource_result = structure(resource_result_members);
constexpr Member resources_result_members[] = {{"StackResources", &resources}};
constexpr Shape resources_result = structure(resources_result_members);
constexpr Member list_resources_result_members[] = {{"StackResourceSummaries", &resources},
                                                    {"NextToken", &text}};
constexpr Shape list_resources_result = structure(list_resources_result_members);

constexpr Member template_result_members[] = {{"TemplateBody", &text}, {"StagesAvailable", &texts}};
constexpr Shape template_result = structure(template_result_members);

constexpr Member constraints_members[] = {{"AllowedValues", &texts}};
constexpr Shape constraints = structure(constraints_members);
constexpr Member declaration_members[] = {
    {"ParameterKey", &text}, {"DefaultValue", &text}, {"ParameterType", &text},
    {"NoEcho", &boolean},    {"Description", &text},  {"ParameterConstraints", &constraints}};
constexpr Shape declaration = structure(declaration_members);
constexpr Shape declarations = list(declaration);
constexpr Member summary_result_members[] = {
    {"Parameters", &declarations}, {"Description", &text},        {"Capabilities", &texts},
    {"CapabilitiesReason", &text}, {"ResourceTypes", &texts},     {"Version", &text},
    {"Metadata", &text},           {"DeclaredTransforms", &texts}};
constexpr Shape summary_result = structure(summary_result_members);

constexpr Member change_set_summary_members[] = {
    {"StackId", &text},         {"StackName", &text},
    {"ChangeSetId", &text},     {"ChangeSetName", &text},
    {"ExecutionStatus", &text}, {"Status", &text},
    {"StatusReason", &text},    {"CreationTime", &text},
    {"Description", &text},     {"IncludeNestedStacks", &boolean}};
constexpr Shape change_set_summary = structure(change_set_summary_members);
constexpr Shape change_set_summaries = list(change_set_summary);
constexpr Member change_sets_result_members[] = {{"Summaries", &change_set_summaries},
                                                 {"NextToken", &text}};
constexpr Shape change_sets_result = structure(change_sets_result_members);

constexpr Member target_members[] = {
    {"Attribute", &text}, {"Name", &text}, {"RequiresRecreation", &text}};
constexpr Shape target = structure(target_members);
constexpr Member detail_members[] = {
    {"Target", &target}, {"Evaluation", &text}, {"ChangeSource", &text}, {"CausingEntity", &text}};
constexpr Shape detail = structure(detail_members);
constexpr Shape details = list(detail);
constexpr Member resource_change_members[] = {
    {"Action", &text},       {"LogicalResourceId", &text}, {"PhysicalResourceId", &text},
    {"ResourceType", &text}, {"Replacement", &text},       {"Scope", &texts},
    {"Details", &details}};
constexpr Shape resource_change = structure(resource_change_members);
constexpr Member change_members[] = {{"Type", &text}, {"ResourceChange", &resource_change}};
constexpr Shape change = structure(change_members);
constexpr Shape changes = list(change);
constexpr Member change_set_members[] = {{"ChangeSetName", &text},
                                         {"ChangeSetId", &text},
                                         {"StackId", &text},
                                         {"StackName", &text},
                                         {"Description", &text},
                                         {"Parameters", &parameters},
                                         {"CreationTime", &text},
                                         {"ExecutionStatus", &text},
                                         {"Status", &text},
                                         {"StatusReason", &text},
                                         {"NotificationARNs", &texts},
                                         {"RollbackConfiguration", &no_members},
                                         {"Capabilities", &texts},
                                         {"Tags", &tags},
                                         {"Changes", &changes},
                                         {"NextToken", &text},
                                         {"IncludeNestedStacks", &boolean},
                                         {"OnStackFailure", &text}};
constexpr Shape change_set = structure(change_set_members);

constexpr Member export_members[] = {
    {"ExportingStackId", &text}, {"Name", &text}, {"Value", &text}};
constexpr Shape export_shape = structure(export_members);
constexpr Shape exports = list(export_shape);
constexpr Member exports_result_members[] = {{"Exports", &exports}, {"NextToken", &text}};
constexpr Shape exports_result = structure(exports_result_members);
constexpr Member imports_result_members[] = {{"Imports", &texts}, {"NextToken", &text}};
constexpr Shape imports_result = structure(imports_result_members);

constexpr Member policy_members[] = {{"StackPolicyBody", &text}};
constexpr Shape policy = structure(policy_members);

constexpr OperationShape operations[] = {
    {"CancelUpdateStack", &stack_request, nullptr},
    {"ContinueUpdateRollback", &stack_request, &no_members},
    {"CreateChangeSet", &template_request, &change_set_ids},
    {"CreateStack", &template_request, &stack_id},
    {"DeleteChangeSet", &stack_request, &no_members},
    {"DeleteStack", &stack_request, nullptr},
    {"DescribeChangeSet", &stack_request, &change_set},
    {"DescribeStackEvents", &stack_request, &events_result},
    {"DescribeStackResource", &stack_request, &resource_result},
    {"DescribeStackResources", &stack_request, &resources_result},
    {"DescribeStacks", &stack_request, &stacks_result},
    {"ExecuteChangeSet", &stack_request, &no_members},
    {"GetStackPolicy", &stack_request, &policy},
    {"GetTemplate", &stack_request, &template_result},
    {"GetTemplateSummary", &template_request, &summary_result},
    {"ListChangeSets", &stack_request, &change_sets_result},
    {"ListExports", &stack_request, &exports_result},
    {"ListImports", &stack_request, &imports_result},
    {"ListStackResources", &stack_request, &list_resources_result},
    {"ListStacks", &stack_request, &list_stacks_result},
    {"RollbackStack", &stack_request, &stack_id},
    {"SetStackPolicy", &stack_request, nullptr},
    {"UpdateStack", &template_request, &stack_id},
    {"UpdateTerminationProtection", &stack_request, &stack_id},
    {"ValidateTemplate", &template_request, &summary_result},
};

constexpr QueryService cloudformation{
    .name = "cloudformation",
    .version = "2010-05-15",
    .xml_namespace = "http://cloudformation.amazonaws.com/doc/2010-05-15/",
    .operations = operations};

}  // namespace

const QueryService& cloudformation_query_service() {
  return cloudformation;
}

}  // namespace votemu::wire
