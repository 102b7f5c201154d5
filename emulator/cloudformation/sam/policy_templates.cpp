#include "cloudformation/sam/policy_templates.h"

#include <algorithm>
#include <vector>

#include "cloudformation/sam/build.h"

namespace votemu::cloudformation::sam {
namespace {

using Strings = std::vector<std::string>;

// What stands after `arn:PARTITION:SERVICE:REGION:ACCOUNT:`. Its ${variables} are the template's
// parameters with a lower-case first letter.
struct Statement {
  Strings actions;  // without the service's prefix
  Strings resources;
};

struct PolicyTemplate {
  std::string name;
  std::string service;
  Strings parameters;
  std::vector<Statement> statements;
};

const Strings table_and_indexes{"table/${tableName}", "table/${tableName}/index/*"};

const std::vector<PolicyTemplate>& policy_templates() {
  static const std::vector<PolicyTemplate> all{
      {"DynamoDBReadPolicy",
       "dynamodb",
       {"TableName"},
       {{{"GetItem", "Scan", "Query", "BatchGetItem", "DescribeTable"}, table_and_indexes}}},
      {"DynamoDBWritePolicy",
       "dynamodb",
       {"TableName"},
       {{{"PutItem", "UpdateItem", "BatchWriteItem"}, table_and_indexes}}},
      {"DynamoDBCrudPolicy",
       "dynamodb",
       {"TableName"},
       {{{"GetItem", "DeleteItem", "PutItem", "Scan", "Query", "UpdateItem", "BatchWriteItem",
          "BatchGetItem", "DescribeTable", "ConditionCheckItem"},
         table_and_indexes}}},
      {"DynamoDBReconfigurePolicy",
       "dynamodb",
       {"TableName"},
       {{{"UpdateTable"}, {"table/${tableName}"}}}},
      {"DynamoDBStreamReadPolicy",
       "dynamodb",
       {"StreamName", "TableName"},
       {{{"DescribeStream", "GetRecords", "GetShardIterator"},
         {"table/${tableName}/stream/${streamName}"}},
        {{"ListStreams"}, {"table/${tableName}/stream/*"}}}},
      {"LambdaInvokePolicy",
       "lambda",
       {"FunctionName"},
       {{{"InvokeFunction"}, {"function:${functionName}*"}}}},
      {"SQSSendMessagePolicy", "sqs", {"QueueName"}, {{{"SendMessage*"}, {"${queueName}"}}}},
      {"SQSPollerPolicy",
       "sqs",
       {"QueueName"},
       {{{"ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "DeleteMessage",
          "DeleteMessageBatch", "GetQueueAttributes", "ReceiveMessage"},
         {"${queueName}"}}}}};
  return all;
}

const PolicyTemplate* find(const std::string& name) {
  const auto& all = policy_templates();
  const auto found = std::find_if(all.begin(), all.end(), [&](const PolicyTemplate& candidate) {
    return candidate.name == name;
  });
  return found == all.end() ? nullptr : &*found;
}

std::string variable_of(std::string parameter) {
  // All-capital beginnings do not occur among these parameters.
  parameter[0] = static_cast<char>(parameter[0] - 'A' + 'a');
  return parameter;
}

Json resource_of(const PolicyTemplate& from, const std::string& resource, const Json& values) {
  Json variables = Json::object();
  for (const auto& parameter : from.parameters) {
    const std::string variable = variable_of(parameter);
    if (resource.find("${" + variable + "}") != std::string::npos) {
      variables[variable] = values.at(parameter);
    }
  }
  return sub(
      "arn:${AWS::Partition}:" + from.service + ":${AWS::Region}:${AWS::AccountId}:" + resource,
      std::move(variables));
}

}  // namespace

bool is_policy_template(const std::string& name) {
  return find(name) != nullptr;
}

std::optional<Json> policy_from_template(const std::string& name, const Json& parameters) {
  const PolicyTemplate& from = *find(name);
  for (const auto& parameter : from.parameters) {
    if (member(parameters, parameter) == nullptr) return std::nullopt;
  }
  Json statements = Json::array();
  for (const auto& statement : from.statements) {
    Json actions = Json::array();
    for (const auto& action : statement.actions) actions.push_back(from.service + ":" + action);
    Json resources = Json::array();
    for (const auto& resource : statement.resources) {
      resources.push_back(resource_of(from, resource, parameters));
    }
    Json made{{"Action", std::move(actions)}, {"Effect", "Allow"}};
    made["Resource"] = resources.size() == 1 ? resources[0] : resources;
    statements.push_back(std::move(made));
  }
  return Json{{"Statement", std::move(statements)}};
}

}  // namespace votemu::cloudformation::sam
