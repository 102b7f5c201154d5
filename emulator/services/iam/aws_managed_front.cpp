// What browsers and devices come in through: APIs, identities, IoT.
#include "services/iam/aws_managed_policies.h"

namespace votemu::iam {
namespace {

constexpr AwsManagedPolicy policies[] = {
    {"/service-role/", "AmazonAPIGatewayPushToCloudWatchLogs", "v1", 1447285306, 1447285306,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
"Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:DescribeLogGroups",
"logs:DescribeLogStreams","logs:PutLogEvents","logs:GetLogEvents","logs:FilterLogEvents"],
"Resource":"*"}]})"},
    {"/", "AmazonAPIGatewayAdministrator", "v1", 1436463285, 1436463285,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["apigateway:*"],
"Resource":"arn:aws:apigateway:*::/*"}]})"},
    {"/", "AmazonAPIGatewayInvokeFullAccess", "v2", 1436463372, 1545157510,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
"Action":["execute-api:Invoke","execute-api:ManageConnections"],
"Resource":"arn:aws:execute-api:*:*:*"}]})"},
    {"/", "AmazonCognitoPowerUser", "v9", 1427217296, 1427217296,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
"Action":["cognito-identity:*","cognito-idp:*","cognito-sync:*","iam:ListRoles",
"iam:ListOpenIdConnectProviders","iam:GetRole","iam:ListSAMLProviders","iam:GetSAMLProvider",
"kinesis:ListStreams","lambda:GetPolicy","lambda:ListFunctions",
"sns:GetSMSSandboxAccountStatus","sns:ListPlatformApplications","ses:ListIdentities",
"ses:GetIdentityVerificationAttributes","mobiletargeting:GetApps","acm:ListCertificates",
"sms-voice:DescribeAccountAttributes"],"Resource":"*"},{"Effect":"Allow",
"Action":"iam:CreateServiceLinkedRole","Resource":"*",
"Condition":{"StringEquals":{"iam:AWSServiceName":["cognito-idp.amazonaws.com",
"email.cognito-idp.amazonaws.com"]}}},{"Effect":"Allow","Action":["iam:DeleteServiceLinkedRole",
"iam:GetServiceLinkedRoleDeletionStatus"],
"Resource":["arn:aws:iam::*:role/aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp*",
"arn:aws:iam::*:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmail*"]}]})"},
    {"/", "AmazonCognitoReadOnly", "v4", 1427216806, 1564687264,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
"Action":["cognito-identity:Describe*","cognito-identity:Get*","cognito-identity:List*",
"cognito-idp:Describe*","cognito-idp:AdminGet*","cognito-idp:AdminList*","cognito-idp:List*",
"cognito-idp:Get*","cognito-sync:Describe*","cognito-sync:Get*","cognito-sync:List*",
"iam:ListOpenIdConnectProviders","iam:ListRoles","sns:ListPlatformApplications"],
"Resource":"*"}]})"},
    {"/", "AmazonCognitoDeveloperAuthenticatedIdentities", "v1", 1427217743, 1427217743,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
"Action":["cognito-identity:GetOpenIdTokenForDeveloperIdentity",
"cognito-identity:LookupDeveloperIdentity","cognito-identity:MergeDeveloperIdentities",
"cognito-identity:UnlinkDeveloperIdentity"],"Resource":"*"}]})"},
    {"/", "AmazonCognitoUnauthenticatedIdentities", "v1", 1675290987, 1675290987,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"rum:PutRumEvents",
"Resource":"*"}]})"},
    {"/", "AWSIoTFullAccess", "v2", 1444317589, 1652996351,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iot:*",
"iotjobsdata:*"],"Resource":"*"}]})"},
    {"/", "AWSIoTDataAccess", "v3", 1445982678, 1624484087,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iot:Connect",
"iot:Publish","iot:Subscribe","iot:Receive","iot:GetThingShadow","iot:UpdateThingShadow",
"iot:DeleteThingShadow","iot:ListNamedShadowsForThing"],"Resource":"*"}]})"},
    {"/service-role/", "AWSIoTLogging", "v1", 1444317445, 1444317445,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
"Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents",
"logs:PutMetricFilter","logs:PutRetentionPolicy","logs:GetLogEvents","logs:DeleteLogStream"],
"Resource":["*"]}]})"},
    {"/service-role/", "AWSIoTRuleActions", "v2", 1444317291, 1516130899,
     R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["dynamodb:PutItem",
"kinesis:PutRecord","iot:Publish","s3:PutObject","sns:Publish","sqs:SendMessage*",
"cloudwatch:SetAlarmState","cloudwatch:PutMetricData","es:ESHttpPut","firehose:PutRecord"],
"Resource":"*"}})"},
    {"/", "AmazonEventBridgeSchedulerFullAccess", "v4", 1668105445, 1668105445,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"scheduler:*",
"Resource":"*"},{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/*",
"Condition":{"StringLike":{"iam:PassedToService":"scheduler.amazonaws.com"}}}]})"},
    {"/service-role/", "CloudWatchEventsInvocationAccess", "v1", 1452796593, 1452796593,
     R"({"Version":"2012-10-17","Statement":[{"Sid":"CloudWatchEventsInvocationAccess",
"Effect":"Allow","Action":["kinesis:PutRecord"],"Resource":"*"}]})"},
};

}  // namespace

std::span<const AwsManagedPolicy> front_policies() {
  return policies;
}

}  // namespace votemu::iam
