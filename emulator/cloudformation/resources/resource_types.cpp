#include "cloudformation/resources/resource_types.h"

#include "cloudformation/resources/types.h"

namespace votemu::cloudformation {

ResourceTypes::ResourceTypes() {
  types_["AWS::ApiGateway::Account"] = api_gateway_account();
  types_["AWS::ApiGateway::Deployment"] = api_gateway_deployment();
  types_["AWS::ApiGateway::Method"] = api_gateway_method();
  types_["AWS::ApiGateway::Resource"] = api_gateway_resource();
  types_["AWS::ApiGateway::RestApi"] = api_gateway_rest_api();
  types_["AWS::ApiGateway::Stage"] = api_gateway_stage();
  types_["AWS::Cognito::IdentityPool"] = cognito_identity_pool();
  types_["AWS::Cognito::IdentityPoolRoleAttachment"] = cognito_identity_pool_role_attachment();
  types_["AWS::Cognito::UserPool"] = cognito_user_pool();
  types_["AWS::Cognito::UserPoolClient"] = cognito_user_pool_client();
  types_["AWS::DynamoDB::Table"] = dynamodb_table();
  types_["AWS::IAM::ManagedPolicy"] = iam_managed_policy();
  types_["AWS::IAM::Policy"] = iam_policy();
  types_["AWS::IAM::Role"] = iam_role();
  types_["AWS::IAM::RolePolicy"] = iam_role_policy();
  types_["AWS::Lambda::EventSourceMapping"] = lambda_event_source_mapping();
  types_["AWS::Lambda::Function"] = lambda_function();
  types_["AWS::Lambda::Permission"] = lambda_permission();
  types_["AWS::Logs::LogGroup"] = logs_log_group();
  types_["AWS::S3::Bucket"] = s3_bucket();
  types_["AWS::S3::BucketPolicy"] = s3_bucket_policy();
  types_["AWS::SQS::Queue"] = sqs_queue();
  types_["AWS::SQS::QueuePolicy"] = sqs_queue_policy();
}

const ResourceType* ResourceTypes::find(std::string_view name) const {
  const auto found = types_.find(name);
  return found == types_.end() ? nullptr : found->second.get();
}

}  // namespace votemu::cloudformation
