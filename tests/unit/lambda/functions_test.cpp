#include "services/lambda/limits.h"
#include "tests/unit/lambda/lambda_fixture.h"

namespace votemu::lambda {
namespace {

using core::Json;

TEST_F(LambdaTest, CreatesAFunction) {
  const Json created = call("CreateFunction", definition("f", "echo"));
  EXPECT_EQ(created["FunctionArn"], "arn:aws:lambda:us-east-1:000000000000:function:f");
  EXPECT_EQ(created["State"], "Pending");
  EXPECT_EQ(created["CodeSize"], 6);
  EXPECT_EQ(created["Timeout"], 3);
  EXPECT_EQ(created["MemorySize"], 128);
  EXPECT_EQ(created["Version"], "$LATEST");
  EXPECT_EQ(created["LastModified"].get<std::string>().substr(19), ".000+0000");

  const Json found = call("GetFunction", {{"FunctionName", "f"}});
  EXPECT_EQ(found["Configuration"]["State"], "Active");
  EXPECT_EQ(found["Configuration"]["LastUpdateStatus"], "Successful");
  EXPECT_EQ(found["Code"]["RepositoryType"], "S3");
}

TEST_F(LambdaTest, AFunctionIsFoundByEveryFormOfItsName) {
  create("f", "echo");
  for (const auto* name : {"f", "f:$LATEST", "function:f", "000000000000:function:f",
                           "arn:aws:lambda:us-east-1:000000000000:function:f",
                           "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST"}) {
    EXPECT_EQ(call("GetFunctionConfiguration", {{"FunctionName", name}})["FunctionName"], "f")
        << name;
  }
}

TEST_F(LambdaTest, SaysThatAFunctionIsNotFound) {
  create("f", "echo");
  EXPECT_EQ(error_of("GetFunction", {{"FunctionName", "g"}}),
            "ResourceNotFoundException 404: Function not found: "
            "arn:aws:lambda:us-east-1:000000000000:function:g");
  EXPECT_EQ(error_of("GetFunction", {{"FunctionName", "f"}, {"Qualifier", "3"}}),
            "ResourceNotFoundException 404: Function not found: "
            "arn:aws:lambda:us-east-1:000000000000:function:f:3");
  EXPECT_EQ(error_of("GetFunction",
                     {{"FunctionName", "arn:aws:lambda:eu-west-1:000000000000:function:f"}}),
            "ResourceNotFoundException 404: Functions from 'eu-west-1' are not reachable in this "
            "region ('us-east-1')");
}

TEST_F(LambdaTest, RefusesMalformedNames) {
  for (const auto* name : {"", "a b", "arn:aws:sqs:us-east-1:000000000000:q", ":", "a:b:c:d",
                           "arn:aws:lambda:us-east-1:000000000000:function"}) {
    EXPECT_NE(error_of("GetFunction", {{"FunctionName", name}})
                  .find("ValidationException 400: 1 validation error detected: Value '" +
                        std::string(name) +
                        "' at 'functionName' failed to satisfy constraint: "
                        "Member must satisfy regular expression pattern: "),
              std::string::npos)
        << name;
  }
  EXPECT_NE(error_of("GetFunction", {{"FunctionName", std::string(65, 'a')}}).find("equal to 64"),
            std::string::npos);
}

TEST_F(LambdaTest, RefusesAFunctionThatExists) {
  create("f", "echo");
  EXPECT_EQ(error_of("CreateFunction", definition("f", "echo")),
            "ResourceConflictException 409: Function already exist: f");
}

TEST_F(LambdaTest, ChecksTheConfiguration) {
  const auto refusal = [&](const char* member, const Json& value) {
    Json request = definition("f", "echo");
    request[member] = value;
    return error_of("CreateFunction", request);
  };
  EXPECT_EQ(refusal("Timeout", 901),
            "ValidationException 400: 1 validation error detected: Value '901' at 'timeout' failed "
            "to satisfy constraint: Member must have value less than or equal to 900");
  EXPECT_EQ(refusal("MemorySize", 127),
            "ValidationException 400: 1 validation error detected: Value '127' at 'memorySize' "
            "failed to satisfy constraint: Member must have value greater than or equal to 128");
  EXPECT_NE(refusal("Role", "r").find("Value 'r' at 'role' failed"), std::string::npos);
  EXPECT_EQ(refusal("Environment", {{"Variables", {{"AWS_REGION", "x"}}}}),
            "InvalidParameterValueException 400: Lambda was unable to configure your environment "
            "variables because the environment variables you have provided contains reserved keys "
            "that are currently not supported for modification. Reserved keys used in this "
            "request: AWS_REGION");
  EXPECT_NE(refusal("Environment", {{"Variables", {{"A1", std::string(4'096, 'x')}}}})
                .find("exceeded the 4KB limit. String measured: {\"A1\":\"xxx"),
            std::string::npos);
  EXPECT_EQ(refusal("Code", Json::object()),
            "InvalidParameterValueException 400: Please provide a source for function code.");
  EXPECT_EQ(refusal("Handler", nullptr),
            "InvalidParameterValueException 400: Runtime and Handler are mandatory parameters for "
            "functions created with deployment packages.");
  EXPECT_EQ(refusal("Timeout", "three").substr(0, 22), "SerializationException");
  EXPECT_EQ(error_of("GetFunction", {{"FunctionName", "f"}}).substr(0, 25),
            "ResourceNotFoundException");
}

TEST_F(LambdaTest, UpdatesTheConfiguration) {
  create("f", "echo");
  const Json before = call("GetFunctionConfiguration", {{"FunctionName", "f"}});
  const Json updated = call(
      "UpdateFunctionConfiguration",
      {{"FunctionName", "f"}, {"Timeout", 10}, {"Environment", {{"Variables", {{"QUEUE", "q"}}}}}});
  EXPECT_EQ(updated["Timeout"], 10);
  EXPECT_EQ(updated["LastUpdateStatus"], "InProgress");
  EXPECT_NE(updated["RevisionId"], before["RevisionId"]);
  const Json after = call("GetFunctionConfiguration", {{"FunctionName", "f"}});
  EXPECT_EQ(after["Environment"]["Variables"]["QUEUE"], "q");
  EXPECT_EQ(after["LastUpdateStatus"], "Successful");
  EXPECT_EQ(error_of("UpdateFunctionConfiguration",
                     {{"FunctionName", "f"}, {"RevisionId", before["RevisionId"]}})
                .substr(0, 31),
            "PreconditionFailedException 412");
}

TEST_F(LambdaTest, UpdatesTheCode) {
  create("f", "echo");
  const Json updated = call("UpdateFunctionCode",
                            {{"FunctionName", "f"}, {"ZipFile", abi::base64_encode("PK longer")}});
  EXPECT_EQ(updated["CodeSize"], 9);
  const Json dry =
      call("UpdateFunctionCode",
           {{"FunctionName", "f"}, {"ZipFile", abi::base64_encode("PK")}, {"DryRun", true}});
  EXPECT_EQ(dry["CodeSize"], 2);
  EXPECT_EQ(call("GetFunctionConfiguration", {{"FunctionName", "f"}})["CodeSize"], 9);
}

TEST_F(LambdaTest, ListsFunctionsInPages) {
  for (const auto* name : {"a", "b", "c"}) create(name, "echo");
  const Json first = call("ListFunctions", {{"MaxItems", 2}});
  ASSERT_EQ(first["Functions"].size(), 2U);
  const Json second = call("ListFunctions", {{"MaxItems", 2}, {"Marker", first["NextMarker"]}});
  ASSERT_EQ(second["Functions"].size(), 1U);
  EXPECT_EQ(second["Functions"][0]["FunctionName"], "c");
  EXPECT_FALSE(second.contains("NextMarker"));
  context_.scope.account = "111111111111";
  EXPECT_TRUE(call("ListFunctions", Json::object())["Functions"].empty());
}

TEST_F(LambdaTest, DeletesAFunction) {
  create("f", "echo");
  call("DeleteFunction", {{"FunctionName", "f"}});
  EXPECT_EQ(error_of("DeleteFunction", {{"FunctionName", "f"}}).substr(0, 25),
            "ResourceNotFoundException");
}

TEST_F(LambdaTest, KeepsAPolicy) {
  create("f", "echo");
  EXPECT_EQ(error_of("GetPolicy", {{"FunctionName", "f"}}),
            "ResourceNotFoundException 404: The resource you requested does not exist.");
  const Json request = {{"FunctionName", "f"},
                        {"StatementId", "api"},
                        {"Action", "lambda:InvokeFunction"},
                        {"Principal", "apigateway.amazonaws.com"},
                        {"SourceArn", "arn:aws:execute-api:us-east-1:000000000000:a/*"}};
  const Json statement =
      core::parse_json(call("AddPermission", request)["Statement"].get<std::string>());
  EXPECT_EQ(statement["Principal"]["Service"], "apigateway.amazonaws.com");
  EXPECT_EQ(statement["Resource"], "arn:aws:lambda:us-east-1:000000000000:function:f");
  EXPECT_EQ(statement["Condition"]["ArnLike"]["AWS:SourceArn"],
            "arn:aws:execute-api:us-east-1:000000000000:a/*");
  EXPECT_EQ(error_of("AddPermission", request),
            "ResourceConflictException 409: The statement id (api) provided already exists. Please "
            "provide a new statement id, or remove the existing statement.");
  const Json policy =
      core::parse_json(call("GetPolicy", {{"FunctionName", "f"}})["Policy"].get<std::string>());
  EXPECT_EQ(policy["Statement"][0], statement);

  EXPECT_EQ(error_of("RemovePermission", {{"FunctionName", "f"}, {"StatementId", "other"}}),
            "ResourceNotFoundException 404: Statement other is not found in resource policy.");
  call("RemovePermission", {{"FunctionName", "f"}, {"StatementId", "api"}});
  EXPECT_EQ(error_of("RemovePermission", {{"FunctionName", "f"}, {"StatementId", "api"}}),
            "ResourceNotFoundException 404: No policy is associated with the given resource.");
}

TEST_F(LambdaTest, BoundsAPolicy) {
  create("f", "echo");
  std::string error = "no error";
  for (int i = 0; i < 200 && error == "no error"; ++i) {
    error = error_of("AddPermission", {{"FunctionName", "f"},
                                       {"StatementId", "s" + std::to_string(i)},
                                       {"Action", "lambda:InvokeFunction"},
                                       {"Principal", "*"}});
  }
  EXPECT_EQ(error.substr(0, 29), "PolicyLengthExceededException");
}

TEST_F(LambdaTest, KeepsTags) {
  create("f", "echo");
  const Json arn = "arn:aws:lambda:us-east-1:000000000000:function:f";
  call("TagResource", {{"Resource", arn}, {"Tags", {{"a", "1"}, {"b", "2"}}}});
  call("UntagResource", {{"Resource", arn}, {"TagKeys", {"a"}}});
  EXPECT_EQ(call("ListTags", {{"Resource", arn}})["Tags"], Json({{"b", "2"}}));
  EXPECT_EQ(call("GetFunction", {{"FunctionName", "f"}})["Tags"], Json({{"b", "2"}}));
}

TEST_F(LambdaTest, ReservesConcurrency) {
  create("f", "echo");
  EXPECT_EQ(error_of("PutFunctionConcurrency",
                     {{"FunctionName", "f"}, {"ReservedConcurrentExecutions", 901}}),
            "InvalidParameterValueException 400: Specified ReservedConcurrentExecutions for "
            "function decreases account's UnreservedConcurrentExecution below its minimum value of "
            "[100].");
  call("PutFunctionConcurrency", {{"FunctionName", "f"}, {"ReservedConcurrentExecutions", 0}});
  EXPECT_EQ(invoke_error({{"FunctionName", "f"}}), "TooManyRequestsException 429: Rate Exceeded.");
  call("DeleteFunctionConcurrency", {{"FunctionName", "f"}});
  EXPECT_TRUE(call("GetFunctionConcurrency", {{"FunctionName", "f"}}).empty());
  EXPECT_EQ(invoke({{"FunctionName", "f"}})["StatusCode"], 200);
}

TEST_F(LambdaTest, ARestartFindsFunctions) {
  create("f", "echo");
  call("UpdateFunctionConfiguration", {{"FunctionName", "f"}, {"Timeout", 9}});
  core_.finish_turn();
  restart();
  EXPECT_EQ(call("GetFunctionConfiguration", {{"FunctionName", "f"}})["Timeout"], 9);
  EXPECT_EQ(invoke({{"FunctionName", "f"}, {"Payload", "[1]"}})["Payload"], "[1]");
}

TEST_F(LambdaTest, ARestartFindsWhatIsNestedAsDeeplyAsAClientMay) {
  Json deep = 1;
  for (int i = 0; i < core::max_json_depth - 1; ++i) deep = Json{{"a", deep}};
  Json request = definition("f", "echo");
  request["VpcConfig"] = deep;
  call("CreateFunction", core::parse_json(core::dump_json(request)));
  core_.finish_turn();
  restart();
  EXPECT_EQ(call("GetFunctionConfiguration", {{"FunctionName", "f"}})["VpcConfig"], deep);
}

}  // namespace
}  // namespace votemu::lambda
