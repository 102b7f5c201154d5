// IAM. Names and nesting as in AWS's service model of 2010-05-08.
#include "wire/query_services.h"
#include "wire/query_shape_builders.h"

namespace votemu::wire {
namespace {

constexpr Shape texts = list(text);

constexpr Member tag_members[] = {{"Key", &text}, {"Value", &text}};
constexpr Shape tag = structure(tag_members);
constexpr Shape tags = list(tag);

// Roles.

constexpr Member boundary_members[] = {{"PermissionsBoundaryType", &text},
                                       {"PermissionsBoundaryArn", &text}};
constexpr Shape boundary = structure(boundary_members);
constexpr Member last_used_members[] = {{"LastUsedDate", &text}, {"Region", &text}};
constexpr Shape last_used = structure(last_used_members);
constexpr Member role_members[] = {{"Path", &text},
                                   {"RoleName", &text},
                                   {"RoleId", &text},
                                   {"Arn", &text},
                                   {"CreateDate", &text},
                                   {"AssumeRolePolicyDocument", &text},
                                   {"Description", &text},
                                   {"MaxSessionDuration", &integer},
                                   {"PermissionsBoundary", &boundary},
                                   {"Tags", &tags},
                                   {"RoleLastUsed", &last_used}};
constexpr Shape role = structure(role_members);
constexpr Shape roles = list(role);

constexpr Member create_role_members[] = {{"Path", &text},
                                          {"RoleName", &text},
                                          {"AssumeRolePolicyDocument", &text},
                                          {"Description", &text},
                                          {"MaxSessionDuration", &integer},
                                          {"PermissionsBoundary", &text},
                                          {"Tags", &tags}};
constexpr Shape create_role_request = structure(create_role_members);
constexpr Member role_result_members[] = {{"Role", &role}};
constexpr Shape role_result = structure(role_result_members);

constexpr Member role_name_members[] = {{"RoleName", &text}};
constexpr Shape role_name_request = structure(role_name_members);
constexpr Member role_name_page_members[] = {
    {"RoleName", &text}, {"PathPrefix", &text}, {"Marker", &text}, {"MaxItems", &integer}};
constexpr Shape role_name_page_request = structure(role_name_page_members);

constexpr Member page_members[] = {
    {"PathPrefix", &text}, {"Marker", &text}, {"MaxItems", &integer}};
constexpr Shape page_request = structure(page_members);
constexpr Member list_roles_result_members[] = {
    {"Roles", &roles}, {"IsTruncated", &boolean}, {"Marker", &text}};
constexpr Shape list_roles_result = structure(list_roles_result_members);

constexpr Member update_role_members[] = {
    {"RoleName", &text}, {"Description", &text}, {"MaxSessionDuration", &integer}};
constexpr Shape update_role_request = structure(update_role_members);
constexpr Member update_trust_members[] = {{"RoleName", &text}, {"PolicyDocument", &text}};
constexpr Shape update_trust_request = structure(update_trust_members);
constexpr Member put_boundary_members[] = {{"RoleName", &text}, {"PermissionsBoundary", &text}};
constexpr Shape put_boundary_request = structure(put_boundary_members);
constexpr Member instance_profiles_members[] = {
    {"InstanceProfiles", &texts}, {"IsTruncated", &boolean}, {"Marker", &text}};
constexpr Shape instance_profiles_result = structure(instance_profiles_members);
constexpr Member service_role_members[] = {
    {"AWSServiceName", &text}, {"Description", &text}, {"CustomSuffix", &text}};
constexpr Shape service_role_request = structure(service_role_members);

// Policies of roles.

constexpr Member role_policy_members[] = {
    {"RoleName", &text}, {"PolicyName", &text}, {"PolicyDocument", &text}};
constexpr Shape role_policy = structure(role_policy_members);
constexpr Member role_policy_names_members[] = {
    {"PolicyNames", &texts}, {"IsTruncated", &boolean}, {"Marker", &text}};
constexpr Shape role_policy_names_result = structure(role_policy_names_members);

constexpr Member attach_members[] = {{"RoleName", &text}, {"PolicyArn", &text}};
constexpr Shape attach_request = structure(attach_members);
constexpr Member attached_members[] = {{"PolicyName", &text}, {"PolicyArn", &text}};
constexpr Shape attached = structure(attached_members);
constexpr Shape attached_list = list(attached);
constexpr Member list_attached_result_members[] = {
    {"AttachedPolicies", &attached_list}, {"IsTruncated", &boolean}, {"Marker", &text}};
constexpr Shape list_attached_result = structure(list_attached_result_members);

// Managed policies.

constexpr Member policy_members[] = {{"PolicyName", &text},
                                     {"PolicyId", &text},
                                     {"Arn", &text},
                                     {"Path", &text},
                                     {"DefaultVersionId", &text},
                                     {"AttachmentCount", &integer},
                                     {"PermissionsBoundaryUsageCount", &integer},
                                     {"IsAttachable", &boolean},
                                     {"Description", &text},
                                     {"CreateDate", &text},
                                     {"UpdateDate", &text},
                                     {"Tags", &tags}};
constexpr Shape policy = structure(policy_members);
constexpr Shape policies = list(policy);
constexpr Member policy_result_members[] = {{"Policy", &policy}};
constexpr Shape policy_result = structure(policy_result_members);

constexpr Member create_policy_members[] = {{"PolicyName", &text},
                                            {"Path", &text},
                                            {"PolicyDocument", &text},
                                            {"Description", &text},
                                            {"Tags", &tags}};
constexpr Shape create_policy_request = structure(create_policy_members);
constexpr Member policy_arn_members[] = {{"PolicyArn", &text}};
constexpr Shape policy_arn_request = structure(policy_arn_members);
constexpr Member policy_arn_page_members[] = {
    {"PolicyArn", &text}, {"Marker", &text}, {"MaxItems", &integer}};
constexpr Shape policy_arn_page_request = structure(policy_arn_page_members);

constexpr Member list_policies_members[] = {{"Scope", &text},      {"OnlyAttached", &boolean},
                                            {"PathPrefix", &text}, {"PolicyUsageFilter", &text},
                                            {"Marker", &text},     {"MaxItems", &integer}};
constexpr Shape list_policies_request = structure(list_policies_members);
constexpr Member list_policies_result_members[] = {
    {"Policies", &policies}, {"IsTruncated", &boolean}, {"Marker", &text}};
constexpr Shape list_policies_result = structure(list_policies_result_members);

constexpr Member list_entities_members[] = {{"PolicyArn", &text},  {"EntityFilter", &text},
                                            {"PathPrefix", &text}, {"PolicyUsageFilter", &text},
                                            {"Marker", &text},     {"MaxItems", &integer}};
constexpr Shape list_entities_request = structure(list_entities_members);
constexpr Member policy_role_members[] = {{"RoleName", &text}, {"RoleId", &text}};
constexpr Shape policy_role = structure(policy_role_members);
constexpr Shape policy_roles = list(policy_role);
constexpr Member list_entities_result_members[] = {{"PolicyGroups", &texts},
                                                   {"PolicyUsers", &texts},
                                                   {"PolicyRoles", &policy_roles},
                                                   {"IsTruncated", &boolean},
                                                   {"Marker", &text}};
constexpr Shape list_entities_result = structure(list_entities_result_members);

constexpr Member version_members[] = {{"Document", &text},
                                      {"VersionId", &text},
                                      {"IsDefaultVersion", &boolean},
                                      {"CreateDate", &text}};
constexpr Shape version = structure(version_members);
constexpr Shape versions = list(version);
constexpr Member create_version_members[] = {
    {"PolicyArn", &text}, {"PolicyDocument", &text}, {"SetAsDefault", &boolean}};
constexpr Shape create_version_request = structure(create_version_members);
constexpr Member version_id_members[] = {{"PolicyArn", &text}, {"VersionId", &text}};
constexpr Shape version_id_request = structure(version_id_members);
constexpr Member version_result_members[] = {{"PolicyVersion", &version}};
constexpr Shape version_result = structure(version_result_members);
constexpr Member list_versions_result_members[] = {
    {"Versions", &versions}, {"IsTruncated", &boolean}, {"Marker", &text}};
constexpr Shape list_versions_result = structure(list_versions_result_members);

// Tags.

constexpr Member tag_role_members[] = {{"RoleName", &text}, {"Tags", &tags}};
constexpr Shape tag_role_request = structure(tag_role_members);
constexpr Member untag_role_members[] = {{"RoleName", &text}, {"TagKeys", &texts}};
constexpr Shape untag_role_request = structure(untag_role_members);
constexpr Member tag_policy_members[] = {{"PolicyArn", &text}, {"Tags", &tags}};
constexpr Shape tag_policy_request = structure(tag_policy_members);
constexpr Member untag_policy_members[] = {{"PolicyArn", &text}, {"TagKeys", &texts}};
constexpr Shape untag_policy_request = structure(untag_policy_members);
constexpr Member tags_result_members[] = {
    {"Tags", &tags}, {"IsTruncated", &boolean}, {"Marker", &text}};
constexpr Shape tags_result = structure(tags_result_members);

// The account.

constexpr Member user_name_members[] = {{"UserName", &text}};
constexpr Shape user_name_request = structure(user_name_members);
constexpr Member user_members[] = {
    {"Path", &text}, {"UserName", &text}, {"UserId", &text}, {"Arn", &text}, {"CreateDate", &text}};
constexpr Shape user = structure(user_members);
constexpr Shape users = list(user);
constexpr Member user_result_members[] = {{"User", &user}};
constexpr Shape user_result = structure(user_result_members);
constexpr Member list_users_result_members[] = {
    {"Users", &users}, {"IsTruncated", &boolean}, {"Marker", &text}};
constexpr Shape list_users_result = structure(list_users_result_members);
constexpr Member aliases_result_members[] = {
    {"AccountAliases", &texts}, {"IsTruncated", &boolean}, {"Marker", &text}};
constexpr Shape aliases_result = structure(aliases_result_members);

constexpr OperationShape operations[] = {
    {"AttachRolePolicy", &attach_request, nullptr},
    {"CreatePolicy", &create_policy_request, &policy_result},
    {"CreatePolicyVersion", &create_version_request, &version_result},
    {"CreateRole", &create_role_request, &role_result},
    {"CreateServiceLinkedRole", &service_role_request, &role_result},
    {"DeletePolicy", &policy_arn_request, nullptr},
    {"DeletePolicyVersion", &version_id_request, nullptr},
    {"DeleteRole", &role_name_request, nullptr},
    {"DeleteRolePermissionsBoundary", &role_name_request, nullptr},
    {"DeleteRolePolicy", &role_policy, nullptr},
    {"DetachRolePolicy", &attach_request, nullptr},
    {"GetPolicy", &policy_arn_request, &policy_result},
    {"GetPolicyVersion", &version_id_request, &version_result},
    {"GetRole", &role_name_request, &role_result},
    {"GetRolePolicy", &role_policy, &role_policy},
    {"GetUser", &user_name_request, &user_result},
    {"ListAccountAliases", &page_request, &aliases_result},
    {"ListAttachedRolePolicies", &role_name_page_request, &list_attached_result},
    {"ListEntitiesForPolicy", &list_entities_request, &list_entities_result},
    {"ListInstanceProfilesForRole", &role_name_page_request, &instance_profiles_result},
    {"ListPolicies", &list_policies_request, &list_policies_result},
    {"ListPolicyTags", &policy_arn_page_request, &tags_result},
    {"ListPolicyVersions", &policy_arn_page_request, &list_versions_result},
    {"ListRolePolicies", &role_name_page_request, &role_policy_names_result},
    {"ListRoleTags", &role_name_page_request, &tags_result},
    {"ListRoles", &page_request, &list_roles_result},
    {"ListUsers", &page_request, &list_users_result},
    {"PutRolePermissionsBoundary", &put_boundary_request, nullptr},
    {"PutRolePolicy", &role_policy, nullptr},
    {"SetDefaultPolicyVersion", &version_id_request, nullptr},
    {"TagPolicy", &tag_policy_request, nullptr},
    {"TagRole", &tag_role_request, nullptr},
    {"UntagPolicy", &untag_policy_request, nullptr},
    {"UntagRole", &untag_role_request, nullptr},
    {"UpdateAssumeRolePolicy", &update_trust_request, nullptr},
    {"UpdateRole", &update_role_request, &no_members},
    {"UpdateRoleDescription", &update_role_request, &role_result},
};

constexpr QueryService iam{
    .name = "iam",
    .version = "2010-05-08",
    .xml_namespace = "https://iam.amazonaws.com/doc/2010-05-08/",
    .operations = operations,
};

}  // namespace

const QueryService& iam_query_service() {
  return iam;
}

}  // namespace votemu::wire
