#include <gtest/gtest.h>

#include "cloudformation/document.h"
#include "cloudformation/sam/transform.h"

namespace votemu::cloudformation {
namespace {

using core::Json;
using sam::Transformed;

Transformed transform(const std::string& resources, const std::string& before = "") {
  const std::string text =
      "Transform: AWS::Serverless-2016-10-31\n" + before + "Resources:\n" + resources;
  return sam::transform(parse_document(text).root);
}

Json resources(const std::string& yaml, const std::string& before = "") {
  return transform(yaml, before).root["Resources"];
}

std::string error(const std::string& yaml, const std::string& before = "") {
  try {
    transform(yaml, before);
  } catch (const Problem& problem) {
    return problem.what();
  }
  return "";
}

std::set<std::string> ids(const Json& all) {
  std::set<std::string> names;
  for (const auto& [id, resource] : all.items()) names.insert(id);
  return names;
}

// The one id that begins like this.
std::string id_beginning(const Json& all, const std::string& prefix) {
  for (const auto& [id, resource] : all.items()) {
    if (id.starts_with(prefix)) return id;
  }
  return "";
}

constexpr auto plain_function =
    "  Hello:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties:\n"
    "      Handler: hello.handler\n"
    "      Runtime: provided.al2023\n"
    "      CodeUri: s3://bucket/folder/key.zip\n";

TEST(Sam, AppliesWhenTheTemplateAsksForIt) {
  EXPECT_TRUE(sam::applies({{"Transform", "AWS::Serverless-2016-10-31"}}));
  EXPECT_TRUE(sam::applies({{"Transform", {"Other", "AWS::Serverless-2016-10-31"}}}));
  EXPECT_FALSE(sam::applies({{"Transform", "Other"}}));
  EXPECT_FALSE(sam::applies(Json::object()));
}

TEST(Sam, LeavesOtherResourcesAndSectionsAlone) {
  const auto result = transform("  Queue: {Type: 'AWS::SQS::Queue'}\n", "Description: x\n");
  EXPECT_EQ(result.root, (Json{{"Description", "x"},
                               {"Resources", {{"Queue", {{"Type", "AWS::SQS::Queue"}}}}}}));
}

TEST(SamFunction, BecomesAFunctionAndItsRole) {
  const auto result = transform(plain_function);
  const Json& all = result.root["Resources"];
  EXPECT_EQ(ids(all), (std::set<std::string>{"Hello", "HelloRole"}));
  EXPECT_EQ(result.origins, (std::map<std::string, std::string>{{"HelloRole", "Hello"}}));
  EXPECT_EQ(all["Hello"],
            (Json{{"Type", "AWS::Lambda::Function"},
                  {"Properties",
                   {{"Code", {{"S3Bucket", "bucket"}, {"S3Key", "folder/key.zip"}}},
                    {"Handler", "hello.handler"},
                    {"Role", {{"Fn::GetAtt", {"HelloRole", "Arn"}}}},
                    {"Runtime", "provided.al2023"},
                    {"Tags", Json::array({{{"Key", "lambda:createdBy"}, {"Value", "SAM"}}})}}}}));
  const Json& role = all["HelloRole"]["Properties"];
  EXPECT_EQ(role["ManagedPolicyArns"],
            (Json{"arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"}));
  EXPECT_EQ(role["AssumeRolePolicyDocument"]["Statement"][0]["Principal"],
            (Json{{"Service", {"lambda.amazonaws.com"}}}));
  EXPECT_FALSE(role.contains("Policies"));
}

TEST(SamFunction, WithARoleOfItsOwnGetsNone) {
  const Json all =
      resources(std::string(plain_function) + "      Role: arn:aws:iam::000000000000:role/mine\n");
  EXPECT_EQ(ids(all), (std::set<std::string>{"Hello"}));
  EXPECT_EQ(all["Hello"]["Properties"]["Role"], "arn:aws:iam::000000000000:role/mine");
}

TEST(SamFunction, CarriesItsAttributesOver) {
  const Json all = resources(
      "  Hello:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Condition: Wanted\n"
      "    DependsOn: Queue\n"
      "    DeletionPolicy: Retain\n"
      "    Properties: {Handler: h, Runtime: r, InlineCode: code}\n");
  EXPECT_EQ(all["Hello"]["Condition"], "Wanted");
  EXPECT_EQ(all["Hello"]["DependsOn"], "Queue");
  EXPECT_EQ(all["Hello"]["Properties"]["Code"], (Json{{"ZipFile", "code"}}));
  EXPECT_EQ(all["HelloRole"]["Condition"], "Wanted");
  EXPECT_EQ(all["HelloRole"]["DeletionPolicy"], "Retain");
  EXPECT_FALSE(all["HelloRole"].contains("DependsOn"));
}

TEST(SamFunction, PoliciesOfEveryKind) {
  const Json all = resources(std::string(plain_function) +
                             "      Policies:\n"
                             "        - AmazonDynamoDBFullAccess\n"
                             "        - AWSLambdaSQSQueueExecutionRole\n"
                             "        - !Ref MyPolicy\n"
                             "        - SQSSendMessagePolicy: {QueueName: !GetAtt Q.QueueName}\n"
                             "        - Statement: [{Effect: Allow, Action: 'a:b'}]\n");
  const Json& role = all["HelloRole"]["Properties"];
  EXPECT_EQ(role["ManagedPolicyArns"],
            (Json{"arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
                  "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess",
                  "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole",
                  {{"Ref", "MyPolicy"}}}));
  ASSERT_EQ(role["Policies"].size(), 2U);
  EXPECT_EQ(role["Policies"][0]["PolicyName"], "HelloRolePolicy3");
  EXPECT_EQ(role["Policies"][0]["PolicyDocument"]["Statement"][0],
            (Json{{"Action", {"sqs:SendMessage*"}},
                  {"Effect", "Allow"},
                  {"Resource",
                   {{"Fn::Sub",
                     {"arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${queueName}",
                      {{"queueName", {{"Fn::GetAtt", {"Q", "QueueName"}}}}}}}}}}));
  EXPECT_EQ(role["Policies"][1]["PolicyName"], "HelloRolePolicy4");
  EXPECT_EQ(role["Policies"][1]["PolicyDocument"]["Statement"][0]["Action"], "a:b");
}

TEST(SamFunction, TablePoliciesCoverTheIndexes) {
  const Json all = resources(std::string(plain_function) +
                             "      Policies: {DynamoDBReadPolicy: {TableName: !Ref T}}\n");
  const Json& statement =
      all["HelloRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"][0];
  EXPECT_EQ(statement["Action"], (Json{"dynamodb:GetItem", "dynamodb:Scan", "dynamodb:Query",
                                       "dynamodb:BatchGetItem", "dynamodb:DescribeTable"}));
  ASSERT_EQ(statement["Resource"].size(), 2U);
  EXPECT_EQ(
      statement["Resource"][1]["Fn::Sub"][0],
      "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${tableName}/index/*");
}

TEST(SamFunction, PolicyMistakesAreNamed) {
  EXPECT_NE(error(std::string(plain_function) + "      Policies: [{SQSPollerPolicy: {Name: x}}]\n")
                .find("Must specify valid parameter values for policy template 'SQSPollerPolicy'"),
            std::string::npos);
  EXPECT_NE(error(std::string(plain_function) + "      Policies: [{NoSuchPolicy: {}}]\n")
                .find("Policy 'NoSuchPolicy'"),
            std::string::npos);
}

TEST(SamFunction, DeadLetterQueue) {
  const Json all = resources(std::string(plain_function) +
                             "      DeadLetterQueue: {Type: SQS, TargetArn: 'arn:q'}\n");
  EXPECT_EQ(all["Hello"]["Properties"]["DeadLetterConfig"], (Json{{"TargetArn", "arn:q"}}));
  EXPECT_EQ(all["HelloRole"]["Properties"]["Policies"][0]["PolicyName"], "DeadLetterQueuePolicy");
}

TEST(SamFunction, UnsupportedPropertiesAreRefused) {
  EXPECT_EQ(error(std::string(plain_function) + "      AutoPublishAlias: live\n"),
            "Invalid Serverless Application Specification document. Number of errors found: 1. "
            "Resource with id [Hello] is invalid. property AutoPublishAlias is not supported for "
            "resource of type AWS::Serverless::Function");
}

TEST(SamEvents, AQueueBecomesAMapping) {
  const Json all = resources(std::string(plain_function) +
                             "      Events:\n"
                             "        Sqs:\n"
                             "          Type: SQS\n"
                             "          Properties:\n"
                             "            Queue: !GetAtt Q.Arn\n"
                             "            BatchSize: 5\n"
                             "            Enabled: false\n"
                             "            MaximumBatchingWindowInSeconds: 2\n"
                             "            FilterCriteria: {Filters: [{Pattern: '{}'}]}\n"
                             "            FunctionResponseTypes: [ReportBatchItemFailures]\n");
  EXPECT_EQ(all["HelloSqs"],
            (Json{{"Type", "AWS::Lambda::EventSourceMapping"},
                  {"Properties",
                   {{"EventSourceArn", {{"Fn::GetAtt", {"Q", "Arn"}}}},
                    {"FunctionName", {{"Ref", "Hello"}}},
                    {"BatchSize", 5},
                    {"Enabled", false},
                    {"MaximumBatchingWindowInSeconds", 2},
                    {"FilterCriteria", {{"Filters", Json::array({{{"Pattern", "{}"}}})}}},
                    {"FunctionResponseTypes", {"ReportBatchItemFailures"}}}}}));
  EXPECT_EQ(all["HelloRole"]["Properties"]["ManagedPolicyArns"][1],
            "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole");
}

TEST(SamEvents, AStreamBecomesAMappingAndItsDestinationAPolicy) {
  const Json all = resources(std::string(plain_function) +
                             "      Events:\n"
                             "        Stream:\n"
                             "          Type: DynamoDB\n"
                             "          Properties:\n"
                             "            Stream: !GetAtt T.StreamArn\n"
                             "            StartingPosition: TRIM_HORIZON\n"
                             "            DestinationConfig:\n"
                             "              OnFailure: {Type: SQS, Destination: 'arn:q'}\n");
  const Json& mapping = all["HelloStream"]["Properties"];
  EXPECT_EQ(mapping["StartingPosition"], "TRIM_HORIZON");
  EXPECT_EQ(mapping["DestinationConfig"], (Json{{"OnFailure", {{"Destination", "arn:q"}}}}));
  const Json& role = all["HelloRole"]["Properties"];
  EXPECT_EQ(role["ManagedPolicyArns"][1],
            "arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole");
  EXPECT_EQ(role["Policies"][0]["PolicyName"], "HelloStreamSQSPolicy");
}

TEST(SamEvents, MistakesNameTheEvent) {
  const std::string events = std::string(plain_function) + "      Events: ";
  EXPECT_NE(error(events + "{E: {Type: Schedule, Properties: {}}}\n")
                .find("Event with id [E] is invalid. Type Schedule is not supported."),
            std::string::npos);
  EXPECT_NE(error(events + "{E: {Type: SQS, Properties: {}}}\n")
                .find("Missing required property 'Queue'."),
            std::string::npos);
  EXPECT_NE(
      error(events + "{E: {Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref X}}}")
          .find("RestApiId property of Api event must reference a valid resource in the same "
                "template."),
      std::string::npos);
}

constexpr auto api_with_function =
    "  Api:\n"
    "    Type: AWS::Serverless::Api\n"
    "    Properties:\n"
    "      StageName: !Ref Stage\n"
    "      Name: the-api\n"
    "      Cors:\n"
    "        AllowMethods: \"'GET'\"\n"
    "        AllowHeaders: \"'Content-Type'\"\n"
    "        AllowOrigin: \"'*'\"\n"
    "        MaxAge: \"'0'\"\n"
    "  Hello:\n"
    "    Type: AWS::Serverless::Function\n"
    "    Properties:\n"
    "      Handler: h\n"
    "      InlineCode: x\n"
    "      Events:\n"
    "        Get:\n"
    "          Type: Api\n"
    "          Properties: {Path: /votes, Method: GET, RestApiId: !Ref Api}\n";

TEST(SamApi, GeneratedIdsWithAStageNamedByAParameter) {
  const Json all = resources(api_with_function);
  const std::string deployment = id_beginning(all, "ApiDeployment");
  EXPECT_EQ(deployment.size(), std::string("ApiDeployment").size() + 10);
  EXPECT_EQ(ids(all), (std::set<std::string>{"Api", deployment, "ApiStage", "Hello", "HelloRole",
                                             "HelloGetPermissionStage"}));
  EXPECT_EQ(all["ApiStage"]["Properties"], (Json{{"DeploymentId", {{"Ref", deployment}}},
                                                 {"RestApiId", {{"Ref", "Api"}}},
                                                 {"StageName", {{"Ref", "Stage"}}}}));
  EXPECT_EQ(all[deployment]["Properties"]["StageName"], "Stage");
}

TEST(SamApi, GeneratedIdsWithAPlainStageName) {
  std::string text = api_with_function;
  text.replace(text.find("!Ref Stage"), 10, "prod");
  const Json all = resources(text);
  EXPECT_TRUE(all.contains("ApiprodStage"));
  EXPECT_TRUE(all.contains("HelloGetPermissionprod"));
}

TEST(SamApi, GeneratedIdsWithAStageNameThatIsNotAlphanumeric) {
  std::string text = api_with_function;
  text.replace(text.find("!Ref Stage"), 10, "dev-1");
  const Json all = resources(text);
  EXPECT_TRUE(all.contains("ApiStaged58b5e165f"));
  EXPECT_TRUE(all.contains("HelloGetPermissiond58b5e165f"));
}

TEST(SamApi, TheDocumentInvokesTheFunction) {
  const Json all = resources(api_with_function);
  EXPECT_EQ(all["Api"]["Properties"]["Name"], "the-api");
  const Json& body = all["Api"]["Properties"]["Body"];
  EXPECT_EQ(body["swagger"], "2.0");
  EXPECT_EQ(body["info"], (Json{{"version", "1.0"}, {"title", {{"Ref", "AWS::StackName"}}}}));
  EXPECT_EQ(
      body["paths"]["/votes"]["get"],
      (Json{{"x-amazon-apigateway-integration",
             {{"httpMethod", "POST"},
              {"type", "aws_proxy"},
              {"uri",
               {{"Fn::Sub",
                 "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Hello.Arn}/"
                 "invocations"}}}}},
            {"responses", Json::object()}}));
}

TEST(SamApi, CorsIsAMockMethod) {
  const Json all = resources(api_with_function);
  const Json& options = all["Api"]["Properties"]["Body"]["paths"]["/votes"]["options"];
  const Json& mock = options["x-amazon-apigateway-integration"];
  EXPECT_EQ(mock["type"], "mock");
  EXPECT_EQ(mock["requestTemplates"],
            (Json{{"application/json", "{\n  \"statusCode\" : 200\n}\n"}}));
  EXPECT_EQ(mock["responses"]["default"]["responseParameters"],
            (Json{{"method.response.header.Access-Control-Allow-Origin", "'*'"},
                  {"method.response.header.Access-Control-Max-Age", "'0'"},
                  {"method.response.header.Access-Control-Allow-Methods", "'GET'"},
                  {"method.response.header.Access-Control-Allow-Headers", "'Content-Type'"}}));
  EXPECT_EQ(options["responses"]["200"]["headers"],
            (Json{{"Access-Control-Allow-Origin", {{"type", "string"}}},
                  {"Access-Control-Max-Age", {{"type", "integer"}}},
                  {"Access-Control-Allow-Methods", {{"type", "string"}}},
                  {"Access-Control-Allow-Headers", {{"type", "string"}}}}));
}

TEST(SamApi, CorsAsTextListsThePathsMethods) {
  std::string text = api_with_function;
  const auto begin = text.find("      Cors:");
  text.replace(begin, text.find("  Hello:") - begin, "      Cors: \"'*'\"\n");
  const Json all = resources(text);
  const Json& mock = all["Api"]["Properties"]["Body"]["paths"]["/votes"]["options"]
                        ["x-amazon-apigateway-integration"];
  EXPECT_EQ(mock["responses"]["default"]["responseParameters"],
            (Json{{"method.response.header.Access-Control-Allow-Origin", "'*'"},
                  {"method.response.header.Access-Control-Allow-Methods", "'GET,OPTIONS'"}}));
}

TEST(SamApi, CorsMistakes) {
  std::string text = api_with_function;
  text.replace(text.find("MaxAge"), 6, "MaxAgo");
  EXPECT_NE(error(text).find("Invalid key 'MaxAgo' for 'Cors' property."), std::string::npos);
}

TEST(SamApi, ThePermissionNamesMethodAndPath) {
  std::string text = api_with_function;
  text.replace(text.find("/votes"), 6, "'/a/{id}/{proxy+}/'");
  text.replace(text.find("GET, RestApiId"), 3, "any");
  const Json all = resources(text);
  EXPECT_EQ(all["HelloGetPermissionStage"]["Properties"],
            (Json{{"Action", "lambda:InvokeFunction"},
                  {"FunctionName", {{"Ref", "Hello"}}},
                  {"Principal", "apigateway.amazonaws.com"},
                  {"SourceArn",
                   {{"Fn::Sub",
                     {"arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/"
                      "${__Stage__}/*/a/*/*",
                      {{"__ApiId__", {{"Ref", "Api"}}}, {"__Stage__", "*"}}}}}}}));
}

TEST(SamApi, TheSameMethodTwiceIsRefused) {
  EXPECT_NE(error(std::string(api_with_function) +
                  "        Again:\n"
                  "          Type: Api\n"
                  "          Properties: {Path: /votes, Method: get, RestApiId: !Ref Api}\n")
                .find("API method \"get\" defined multiple times for path \"/votes\"."),
            std::string::npos);
}

TEST(SamApi, ADeploymentFollowsWhatIsDeployed) {
  const std::string before = id_beginning(resources(api_with_function), "ApiDeployment");
  EXPECT_EQ(id_beginning(resources(api_with_function), "ApiDeployment"), before);
  std::string text = api_with_function;
  text.replace(text.find("/votes"), 6, "/other");
  EXPECT_NE(id_beginning(resources(text), "ApiDeployment"), before);
}

TEST(SamApi, AnEventWithoutApiGetsTheImplicitOne) {
  const auto result = transform(
      "  Hello:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties:\n"
      "      Handler: h\n"
      "      InlineCode: x\n"
      "      Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}\n",
      "Globals: {Api: {Cors: \"'*'\", TracingEnabled: true}}\n");
  const Json& all = result.root["Resources"];
  const std::string deployment = id_beginning(all, "ServerlessRestApiDeployment");
  EXPECT_EQ(ids(all),
            (std::set<std::string>{"Hello", "HelloRole", "HelloGetPermissionProd",
                                   "ServerlessRestApi", deployment, "ServerlessRestApiProdStage"}));
  EXPECT_TRUE(all["ServerlessRestApi"]["Properties"]["Body"]["paths"]["/"].contains("options"));
  EXPECT_EQ(all["ServerlessRestApiProdStage"]["Properties"]["TracingEnabled"], true);
}

TEST(SamApi, AConditionalFunctionsMethodIsConditional) {
  std::string text = api_with_function;
  text.replace(text.find("Function\n"), 9, "Function\n    Condition: Wanted\n");
  const Json all = resources(text);
  const Json& path = all["Api"]["Properties"]["Body"]["paths"]["/votes"];
  EXPECT_EQ(path["Fn::If"][0], "Wanted");
  EXPECT_EQ(path["Fn::If"][1]["get"]["Fn::If"][0], "Wanted");
  EXPECT_EQ(path["Fn::If"][2], (Json{{"Ref", "AWS::NoValue"}}));
}

TEST(SamApi, ADocumentOfItsOwnIsKept) {
  const Json all = resources(
      "  Api:\n"
      "    Type: AWS::Serverless::Api\n"
      "    Properties:\n"
      "      StageName: prod\n"
      "      OpenApiVersion: 3.0.1\n"
      "      DefinitionBody: {openapi: 3.0.1, paths: {/x: {get: {}}}}\n");
  EXPECT_EQ(all["Api"]["Properties"]["Body"],
            (Json{{"openapi", "3.0.1"}, {"paths", {{"/x", {{"get", Json::object()}}}}}}));
  EXPECT_FALSE(all[id_beginning(all, "ApiDeployment")]["Properties"].contains("StageName"));
}

TEST(SamApi, RefsToTheStageFollowItsGeneratedId) {
  const auto result = transform(api_with_function, "Outputs: {O: {Value: !Ref Api.Stage}}\n");
  EXPECT_EQ(result.root["Outputs"]["O"]["Value"], (Json{{"Ref", "ApiStage"}}));
}

TEST(SamGlobals, MapsMergeListsGrowAndOwnValuesWin) {
  const Json all = resources(
      "  Hello:\n"
      "    Type: AWS::Serverless::Function\n"
      "    Properties:\n"
      "      Handler: h\n"
      "      InlineCode: x\n"
      "      Timeout: 9\n"
      "      Layers: [b]\n"
      "      Architectures: [arm64]\n"
      "      Environment: {Variables: {B: own, C: c}}\n",
      "Globals:\n"
      "  Function:\n"
      "    Runtime: provided.al2023\n"
      "    Timeout: 3\n"
      "    Layers: [a]\n"
      "    Architectures: [x86_64]\n"
      "    Environment: {Variables: {A: a, B: b}}\n");
  const Json& properties = all["Hello"]["Properties"];
  EXPECT_EQ(properties["Runtime"], "provided.al2023");
  EXPECT_EQ(properties["Timeout"], 9);
  EXPECT_EQ(properties["Layers"], (Json{"a", "b"}));
  EXPECT_EQ(properties["Architectures"], (Json{"arm64"}));
  EXPECT_EQ(properties["Environment"]["Variables"], (Json{{"A", "a"}, {"B", "own"}, {"C", "c"}}));
}

TEST(SamGlobals, UnknownSectionsAreRefused) {
  EXPECT_NE(error(plain_function, "Globals: {Table: {}}\n").find("'Table' is not supported."),
            std::string::npos);
}

TEST(SamSimpleTable, BecomesATable) {
  const Json all = resources(
      "  A: {Type: 'AWS::Serverless::SimpleTable'}\n"
      "  B:\n"
      "    Type: AWS::Serverless::SimpleTable\n"
      "    Properties: {TableName: t, PrimaryKey: {Name: pk, Type: Number}}\n");
  EXPECT_EQ(all["A"],
            (Json{{"Type", "AWS::DynamoDB::Table"},
                  {"Properties",
                   {{"AttributeDefinitions",
                     Json::array({{{"AttributeName", "id"}, {"AttributeType", "S"}}})},
                    {"KeySchema", Json::array({{{"AttributeName", "id"}, {"KeyType", "HASH"}}})},
                    {"BillingMode", "PAY_PER_REQUEST"}}}}));
  EXPECT_EQ(all["B"]["Properties"]["AttributeDefinitions"][0]["AttributeType"], "N");
  EXPECT_EQ(all["B"]["Properties"]["TableName"], "t");
}

TEST(Sam, OtherServerlessTypesAreRefused) {
  EXPECT_NE(error("  A: {Type: 'AWS::Serverless::HttpApi'}\n")
                .find("Type AWS::Serverless::HttpApi is not supported."),
            std::string::npos);
}

TEST(Sam, AGeneratedIdThatIsTakenIsRefused) {
  EXPECT_NE(error(std::string(plain_function) + "  HelloRole: {Type: 'AWS::IAM::Role'}\n"), "");
}

TEST(SamFunction, CodeInS3MayHaveAVersion) {
  const auto code_of = [](const std::string& uri) {
    return resources(
        "  Hello:\n    Type: AWS::Serverless::Function\n    Properties: {Handler: h, "
        "Runtime: r, CodeUri: " +
        uri + "}\n")["Hello"]["Properties"]["Code"];
  };
  EXPECT_EQ(code_of("'s3://b/k/l?versionId=7'"),
            (Json{{"S3Bucket", "b"}, {"S3Key", "k/l"}, {"S3ObjectVersion", "7"}}));
  EXPECT_EQ(code_of("{Bucket: b, Key: k}"), (Json{{"S3Bucket", "b"}, {"S3Key", "k"}}));
  EXPECT_EQ(code_of("src/"), (Json{{"LocalPath", "src/"}}));
}

TEST(SamApi, ADocumentCanBeInS3) {
  const auto api = [](const std::string& more) {
    return "  Api:\n    Type: AWS::Serverless::Api\n    Properties: {StageName: dev, " + more +
           "}\n";
  };
  EXPECT_EQ(resources(api("DefinitionUri: 's3://b/k'"))["Api"]["Properties"],
            (Json{{"BodyS3Location", {{"Bucket", "b"}, {"Key", "k"}}}}));
  EXPECT_NE(error(api("DefinitionUri: local.yaml")).find("not a valid S3 Uri"), std::string::npos);
  EXPECT_NE(
      error(api("DefinitionUri: 's3://b/k', Cors: \"'*'\"")).find("Cors works only with inline"),
      std::string::npos);
}

}  // namespace
}  // namespace votemu::cloudformation
