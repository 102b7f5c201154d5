// Services that write down what they are asked and answer like AWS, as far as resource types look.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "cloudformation/services.h"
#include "core/aws_error.h"
#include "core/ids.h"
#include "core/store.h"

namespace votemu::cloudformation {

class FakeServices {
 public:
  explicit FakeServices(core::Store& store) : store_(store) {
    services.dynamodb = table({"CreateTable", "UpdateTable", "DeleteTable", "DescribeTable",
                               "UpdateTimeToLive", "TagResource", "UntagResource"});
    services.sqs =
        table({"CreateQueue", "SetQueueAttributes", "DeleteQueue", "TagQueue", "UntagQueue"});
    services.lambda =
        table({"TagResource", "UntagResource", "CreateFunction", "UpdateFunctionConfiguration",
               "UpdateFunctionCode", "DeleteFunction", "AddPermission", "RemovePermission",
               "PutFunctionConcurrency", "DeleteFunctionConcurrency", "CreateEventSourceMapping",
               "UpdateEventSourceMapping", "DeleteEventSourceMapping"});
    services.apigateway = table({"ImportRestApi", "PutRestApi", "CreateRestApi", "UpdateRestApi",
                                 "DeleteRestApi", "CreateDeployment", "DeleteDeployment",
                                 "CreateStage", "UpdateStage", "DeleteStage", "GetStage"});
    services.iam = table({"CreateRole", "PutRolePolicy", "AttachRolePolicy", "DeleteRolePolicy",
                          "DetachRolePolicy", "DeleteRole"});
    services.cognito_identity = table(
        {"CreateIdentityPool", "UpdateIdentityPool", "DeleteIdentityPool", "SetIdentityPoolRoles"});
    services.cognito_user_pools =
        table({"CreateUserPool", "UpdateUserPool", "AddCustomAttributes", "DeleteUserPool",
               "CreateUserPoolClient", "UpdateUserPoolClient", "DeleteUserPoolClient"});
    services.logs =
        table({"CreateLogGroup", "DeleteLogGroup", "PutRetentionPolicy", "DeleteRetentionPolicy"});
  }

  struct Call {
    std::string operation;
    core::Json request;
  };

  // Operations in the order in which they were called.
  std::vector<std::string> operations() const {
    std::vector<std::string> names;
    for (const auto& call : calls) names.push_back(call.operation);
    return names;
  }

  bool called(const std::string& operation) const {
    const auto names = operations();
    return std::find(names.begin(), names.end(), operation) != names.end();
  }

  // The request of the last call of this operation.
  core::Json last(const std::string& operation) const {
    for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
      if (call->operation == operation) return call->request;
    }
    return nullptr;
  }

  Services services;
  std::vector<Call> calls;
  std::set<std::string> failing;  // operations that answer with an error
  std::string failing_name;       // …only for this function, when it is not empty

 private:
  core::OperationTable table(std::initializer_list<const char*> names) {
    core::OperationTable made;
    for (const std::string name : names) {
      made[name] = [this, name](const core::RequestContext& context, const core::Json& request) {
        return answer(name, context, request);
      };
    }
    return made;
  }

  core::Json answer(const std::string& operation, const core::RequestContext& context,
                    const core::Json& request) {
    calls.push_back({operation, request});
    const bool chosen = failing_name.empty() || request.value("FunctionName", "") == failing_name;
    if (failing.contains(operation) && chosen) {
      throw core::AwsError("ServiceException", operation + " failed");
    }
    store_.put("fake/" + std::to_string(calls.size()), operation);
    const std::string number = std::to_string(++made_);
    if (operation == "CreateTable") {
      tables_[request["TableName"].get<std::string>()] = request;
    }
    if (operation == "UpdateTable") {
      tables_[request["TableName"].get<std::string>()].update(request);
    }
    if (operation == "CreateTable" || operation == "UpdateTable") {
      return {{"TableDescription", description(context, request["TableName"])}};
    }
    if (operation == "DescribeTable") {
      return {{"Table", description(context, request["TableName"])}};
    }
    if (operation == "CreateQueue") {
      return {{"QueueUrl", "http://" + context.host + "/" + context.scope.account + "/" +
                               request["QueueName"].get<std::string>()}};
    }
    if (operation == "CreateFunction") {
      const auto name = request["FunctionName"].get<std::string>();
      return {{"FunctionArn", core::Arn::in(context.scope, "lambda", "function:" + name).text()}};
    }
    if (operation == "CreateRole") {
      const auto name = request["RoleName"].get<std::string>();
      return {{"Role", {{"Arn", "arn:aws:iam::000000000000:role/" + name}, {"RoleId", "AROA"}}}};
    }
    if (operation == "CreateEventSourceMapping") return {{"UUID", "uuid-" + number}};
    if (operation == "CreateIdentityPool") {
      return {{"IdentityPoolId", context.scope.region + ":pool-" + number}};
    }
    if (operation == "CreateUserPool") {
      const std::string id = context.scope.region + "_pool" + number;
      const auto arn = core::Arn::in(context.scope, "cognito-idp", "userpool/" + id).text();
      return {{"UserPool", {{"Id", id}, {"Arn", arn}}}};
    }
    if (operation == "CreateUserPoolClient" || operation == "UpdateUserPoolClient") {
      core::Json client{{"ClientId", request.value("ClientId", "client" + number)},
                        {"ClientName", request.value("ClientName", "kept")}};
      if (request.value("GenerateSecret", false)) client["ClientSecret"] = "secret";
      return {{"UserPoolClient", client}};
    }
    if (operation == "GetStage") return {{"deploymentId", "elsewhere"}};
    return {{"id", "id" + number}, {"rootResourceId", "root" + number}};
  }

  core::Json description(const core::RequestContext& context, const std::string& name) {
    const std::string arn = core::Arn::in(context.scope, "dynamodb", "table/" + name).text();
    core::Json made{{"TableName", name}, {"TableArn", arn}};
    const auto stream = tables_[name].find("StreamSpecification");
    if (stream != tables_[name].end() && (*stream)["StreamEnabled"] == true) {
      made["LatestStreamArn"] = arn + "/stream/now";
    }
    return made;
  }

  core::Json description(const core::RequestContext& context, const core::Json& name) {
    return description(context, name.get<std::string>());
  }

  core::Store& store_;
  std::map<std::string, core::Json> tables_;
  int made_ = 0;
};

}  // namespace votemu::cloudformation
