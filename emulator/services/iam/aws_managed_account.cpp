// Who may administer an account.
#include "services/iam/aws_managed_policies.h"

namespace votemu::iam {
namespace {

constexpr AwsManagedPolicy policies[] = {
    {"/", "AdministratorAccess", "v1", 1423247986, 1423247986,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*",
"Resource":"*"}]})"},
    {"/", "PowerUserAccess", "v12", 1423247987, 1423247987,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":["iam:*",
"organizations:*","account:*"],"Resource":"*"},{"Effect":"Allow",
"Action":["account:GetAccountInformation","account:GetGovCloudAccountInformation",
"account:GetPrimaryEmail","account:ListRegions","iam:CreateServiceLinkedRole",
"iam:DeleteServiceLinkedRole","iam:ListRoles","organizations:DescribeEffectivePolicy",
"organizations:DescribeOrganization"],"Resource":"*"}]})"},
    {"/", "IAMFullAccess", "v2", 1423248038, 1561146000,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:*",
"organizations:DescribeAccount","organizations:DescribeOrganization",
"organizations:DescribeOrganizationalUnit","organizations:DescribePolicy",
"organizations:ListChildren","organizations:ListParents","organizations:ListPoliciesForTarget",
"organizations:ListRoots","organizations:ListPolicies","organizations:ListTargetsForPolicy"],
"Resource":"*"}]})"},
    {"/", "IAMReadOnlyAccess", "v4", 1423248039, 1516907487,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
"Action":["iam:GenerateCredentialReport","iam:GenerateServiceLastAccessedDetails","iam:Get*",
"iam:List*","iam:SimulateCustomPolicy","iam:SimulatePrincipalPolicy"],"Resource":"*"}]})"},
    {"/", "IAMUserChangePassword", "v5", 1479169516, 1479169516,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
"Action":["iam:ChangePassword"],"Resource":["arn:aws:iam::*:user/${aws:username}",
"arn:aws:iam::*:user/*/${aws:username}"]},{"Effect":"Allow",
"Action":["iam:GetAccountPasswordPolicy"],"Resource":"*"}]})"},
    {"/", "AWSCloudFormationFullAccess", "v1", 1564177835, 1564177835,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
"Action":["cloudformation:*"],"Resource":"*"}]})"},
    {"/", "AWSCloudFormationReadOnlyAccess", "v7", 1423247989, 1423247989,
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
"Action":["cloudformation:Describe*","cloudformation:BatchDescribe*",
"cloudformation:EstimateTemplateCost","cloudformation:Get*","cloudformation:List*",
"cloudformation:ValidateTemplate","cloudformation:Detect*"],"Resource":"*"}]})"},
};

}  // namespace

std::span<const AwsManagedPolicy> account_policies() {
  return policies;
}

}  // namespace votemu::iam
