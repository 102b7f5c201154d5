#include "cloudformation/sam/function.h"

#include <algorithm>
#include <array>

#include "cloudformation/sam/events.h"
#include "cloudformation/sam/policies.h"
#include "cloudformation/sam/s3_uri.h"

namespace votemu::cloudformation::sam {
namespace {

constexpr std::array<const char*, 21> passed_on{"FunctionName",
                                                "Handler",
                                                "Runtime",
                                                "Description",
                                                "MemorySize",
                                                "Timeout",
                                                "VpcConfig",
                                                "Role",
                                                "Environment",
                                                "KmsKeyArn",
                                                "ReservedConcurrentExecutions",
                                                "Layers",
                                                "FileSystemConfigs",
                                                "ImageConfig",
                                                "PackageType",
                                                "Architectures",
                                                "SnapStart",
                                                "EphemeralStorage",
                                                "RuntimeManagementConfig",
                                                "LoggingConfig",
                                                "RecursiveLoop"};
constexpr std::array<const char*, 13> own_members{"CodeUri",
                                                  "InlineCode",
                                                  "ImageUri",
                                                  "Policies",
                                                  "RolePath",
                                                  "Events",
                                                  "Tags",
                                                  "PermissionsBoundary",
                                                  "Tracing",
                                                  "PropagateTags",
                                                  "AssumeRolePolicyDocument",
                                                  "DeadLetterQueue",
                                                  "Metadata"};

template <std::size_t N>
bool contains(const std::array<const char*, N>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void refuse_unsupported(const std::string& id, const Json& properties) {
  for (const auto& [name, value] : properties.items()) {
    if (contains(passed_on, name) || contains(own_members, name)) continue;
    throw invalid(
        id,
        "property " + name + " is not supported for resource of type " + std::string(function_type),
        {"Properties", name});
  }
}

Json code_of(const std::string& id, const Json& properties) {
  if (const Json* text = member(properties, "InlineCode")) return {{"ZipFile", *text}};
  if (const Json* uri = member(properties, "ImageUri")) return {{"ImageUri", *uri}};
  const Json* uri = member(properties, "CodeUri");
  if (uri == nullptr) {
    throw invalid(id, "'CodeUri', 'ImageUri' or 'InlineCode' must be given.", {"Properties"});
  }
  if (auto code = location_in_s3(*uri, {"S3Bucket", "S3Key", "S3ObjectVersion"})) {
    return std::move(*code);
  }
  return {{"LocalPath", *uri}};  // a folder that has not been uploaded
}

const Json* tracing_of(const Json& properties) {
  const Json* tracing = member(properties, "Tracing");
  return tracing != nullptr && *tracing != "Disabled" ? tracing : nullptr;
}

Json tags_of(const Json& properties) {
  const Json* tags = member(properties, "Tags");
  return tag_list(tags == nullptr ? Json() : *tags, true);
}

Json function_properties(const std::string& id, const Json& properties) {
  Json result = Json::object();
  for (const auto* name : passed_on) {
    if (const Json* value = member(properties, name)) result[name] = *value;
  }
  result["Code"] = code_of(id, properties);
  result["Tags"] = tags_of(properties);
  if (const Json* tracing = tracing_of(properties)) result["TracingConfig"] = {{"Mode", *tracing}};
  if (const Json* queue = member(properties, "DeadLetterQueue")) {
    result["DeadLetterConfig"] = {{"TargetArn", queue->value("TargetArn", Json())}};
  }
  if (!result.contains("Role")) result["Role"] = get_att(id + "Role", "Arn");
  return result;
}

void add_dead_letter_policy(RolePolicies& policies, const std::string& id, const Json& queue) {
  const Json* type = member(queue, "Type");
  const bool known = type != nullptr && (*type == "SQS" || *type == "SNS");
  if (!known || member(queue, "TargetArn") == nullptr) {
    throw invalid(id,
                  "'DeadLetterQueue' requires Type and TargetArn properties to be specified. "
                  "'Type' must be one of [SNS, SQS].",
                  {"Properties", "DeadLetterQueue"});
  }
  Json statement{{"Action", *type == "SQS" ? "sqs:SendMessage" : "sns:Publish"},
                 {"Resource", queue["TargetArn"]},
                 {"Effect", "Allow"}};
  policies.inline_policies.push_back(
      {{"PolicyName", "DeadLetterQueuePolicy"},
       {"PolicyDocument",
        {{"Version", "2012-10-17"}, {"Statement", Json::array({std::move(statement)})}}}});
}

RolePolicies own_policies(const std::string& id, const Json& properties) {
  RolePolicies policies;
  policies.add_managed(managed_policy_arn("AWSLambdaBasicExecutionRole"));
  if (tracing_of(properties) != nullptr) {
    policies.add_managed(managed_policy_arn("AWSXrayWriteOnlyAccess"));
  }
  if (properties.contains("VpcConfig")) {
    policies.add_managed(managed_policy_arn("AWSLambdaVPCAccessExecutionRole"));
  }
  if (const Json* queue = member(properties, "DeadLetterQueue")) {
    add_dead_letter_policy(policies, id, *queue);
  }
  if (const Json* listed = member(properties, "Policies")) add_policies(policies, id, *listed);
  return policies;
}

Json lambda_assume_role_policy() {
  Json statement{{"Action", Json::array({"sts:AssumeRole"})},
                 {"Effect", "Allow"},
                 {"Principal", {{"Service", Json::array({"lambda.amazonaws.com"})}}}};
  return {{"Version", "2012-10-17"}, {"Statement", Json::array({std::move(statement)})}};
}

Json role_properties(const Json& properties, RolePolicies policies) {
  Json role{{"ManagedPolicyArns", std::move(policies.managed_arns)}, {"Tags", tags_of(properties)}};
  const Json* trust = member(properties, "AssumeRolePolicyDocument");
  role["AssumeRolePolicyDocument"] = trust == nullptr ? lambda_assume_role_policy() : *trust;
  if (!policies.inline_policies.empty()) role["Policies"] = std::move(policies.inline_policies);
  if (const Json* path = member(properties, "RolePath")) role["Path"] = *path;
  if (const Json* boundary = member(properties, "PermissionsBoundary")) {
    role["PermissionsBoundary"] = *boundary;
  }
  return role;
}

}  // namespace

void expand_function(Build& build, Apis& apis, const std::string& id, const Json& resource) {
  const Json properties = properties_of(id, resource);
  refuse_unsupported(id, properties);
  RolePolicies policies = own_policies(id, properties);
  build.add(id, replacing("AWS::Lambda::Function", function_properties(id, properties), resource),
            id);
  if (const Json* events = member(properties, "Events")) {
    expand_events(build, apis, {id, resource, properties, policies}, *events);
  }
  if (!properties.contains("Role")) {
    build.add(
        id + "Role",
        generated("AWS::IAM::Role", role_properties(properties, std::move(policies)), resource),
        id);
  }
}

}  // namespace votemu::cloudformation::sam
