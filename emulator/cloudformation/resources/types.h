// One function per file of this folder that holds a type.
#pragma once

#include <memory>

#include "cloudformation/resources/resource_type.h"

namespace votemu::cloudformation {

std::unique_ptr<ResourceType> api_gateway_account();
std::unique_ptr<ResourceType> api_gateway_deployment();
std::unique_ptr<ResourceType> api_gateway_method();
std::unique_ptr<ResourceType> api_gateway_resource();
std::unique_ptr<ResourceType> api_gateway_rest_api();
std::unique_ptr<ResourceType> api_gateway_stage();
std::unique_ptr<ResourceType> cognito_identity_pool();
std::unique_ptr<ResourceType> cognito_identity_pool_role_attachment();
std::unique_ptr<ResourceType> cognito_user_pool();
std::unique_ptr<ResourceType> cognito_user_pool_client();
std::unique_ptr<ResourceType> dynamodb_table();
std::unique_ptr<ResourceType> iam_managed_policy();
std::unique_ptr<ResourceType> iam_policy();
std::unique_ptr<ResourceType> iam_role();
std::unique_ptr<ResourceType> iam_role_policy();
std::unique_ptr<ResourceType> lambda_event_source_mapping();
std::unique_ptr<ResourceType> lambda_function();
std::unique_ptr<ResourceType> lambda_permission();
std::unique_ptr<ResourceType> logs_log_group();
std::unique_ptr<ResourceType> s3_bucket();
std::unique_ptr<ResourceType> s3_bucket_policy();
std::unique_ptr<ResourceType> sqs_queue();
std::unique_ptr<ResourceType> sqs_queue_policy();

}  // namespace votemu::cloudformation
