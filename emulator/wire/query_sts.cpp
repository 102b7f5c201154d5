// STS. Names and nesting as in AWS's service model of 2011-06-15.
#include "wire/query_services.h"
#include "wire/query_shape_builders.h"

namespace votemu::wire {
namespace {

constexpr Member credentials_members[] = {{"AccessKeyId", &text},
                                          {"SecretAccessKey", &text},
                                          {"SessionToken", &text},
                                          {"Expiration", &text}};
constexpr Shape credentials = structure(credentials_members);

constexpr Member assumed_role_user_members[] = {{"AssumedRoleId", &text}, {"Arn", &text}};
constexpr Shape assumed_role_user = structure(assumed_role_user_members);

constexpr Member policy_descriptor_members[] = {{"arn", &text}};
constexpr Shape policy_descriptor = structure(policy_descriptor_members);
constexpr Shape policy_descriptors = list(policy_descriptor);

constexpr Member assume_role_members[] = {
    {"RoleArn", &text},    {"RoleSessionName", &text},
    {"ExternalId", &text}, {"PolicyArns", &policy_descriptors},
    {"Policy", &text},     {"DurationSeconds", &integer}};
constexpr Shape assume_role_request = structure(assume_role_members);
constexpr Member assume_role_result_members[] = {{"Credentials", &credentials},
                                                 {"AssumedRoleUser", &assumed_role_user},
                                                 {"PackedPolicySize", &integer}};
constexpr Shape assume_role_result = structure(assume_role_result_members);

constexpr Member assume_with_web_members[] = {
    {"RoleArn", &text},          {"RoleSessionName", &text},
    {"WebIdentityToken", &text}, {"PolicyArns", &policy_descriptors},
    {"Policy", &text},           {"DurationSeconds", &integer}};
constexpr Shape assume_with_web_request = structure(assume_with_web_members);
constexpr Member assume_with_web_result_members[] = {{"Credentials", &credentials},
                                                     {"SubjectFromWebIdentityToken", &text},
                                                     {"AssumedRoleUser", &assumed_role_user},
                                                     {"PackedPolicySize", &integer},
                                                     {"Provider", &text},
                                                     {"Audience", &text}};
constexpr Shape assume_with_web_result = structure(assume_with_web_result_members);

constexpr Member access_key_members[] = {{"AccessKeyId", &text}};
constexpr Shape access_key_request = structure(access_key_members);
constexpr Member access_key_result_members[] = {{"Account", &text}};
constexpr Shape access_key_result = structure(access_key_result_members);

constexpr Member caller_identity_members[] = {
    {"UserId", &text}, {"Account", &text}, {"Arn", &text}};
constexpr Shape caller_identity = structure(caller_identity_members);

constexpr Member session_token_members[] = {{"DurationSeconds", &integer}};
constexpr Shape session_token_request = structure(session_token_members);
constexpr Member session_token_result_members[] = {{"Credentials", &credentials}};
constexpr Shape session_token_result = structure(session_token_result_members);

constexpr OperationShape operations[] = {
    {"AssumeRole", &assume_role_request, &assume_role_result},
    {"AssumeRoleWithWebIdentity", &assume_with_web_request, &assume_with_web_result},
    {"GetAccessKeyInfo", &access_key_request, &access_key_result},
    {"GetCallerIdentity", &no_members, &caller_identity},
    {"GetSessionToken", &session_token_request, &session_token_result},
};

constexpr QueryService sts{.name = "sts",
                           .version = "2011-06-15",
                           .xml_namespace = "https://sts.amazonaws.com/doc/2011-06-15/",
                           .operations = operations};

}  // namespace

const QueryService& sts_query_service() {
  return sts;
}

}  // namespace votemu::wire
