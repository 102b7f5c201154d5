// JSON, templates in JSON and YAML, policies, patterns.
#include <string>

#include "tests/fuzz/corpus.h"

namespace votemu::fuzz {
namespace {

void write_aws_json(const std::filesystem::path& folder) {
  Corpus corpus(folder / "aws_json");
  corpus.add("object", R"({"a":[1,-2,3.5e-7,true,false,null,"x"],"b":{"c":{}},"a":"again"})");
  corpus.add("escapes", R"({"\u0041":"\ud83d\ude00\n\"\\\/\b","k":"gr\u00fcn gr)"
                        "\xC3\xBC"
                        R"(n"})");
  corpus.add("numbers", "[18446744073709551615,-9223372036854775808,1e400,0.1,-0,1E5]");
  corpus.add("broken", R"({"a":[1,2})");
  corpus.add("surrogate", R"(["\ud83d"])");
  corpus.add("deep", std::string(130, '[') + std::string(130, ']'));
  corpus.add("not_utf_8", "[\"\xC3\x28\xFF\"]");
}

void write_template(const std::filesystem::path& folder) {
  Corpus corpus(folder / "template");
  corpus.add("json", R"({"Parameters":{"P":{"Type":"String","Default":"x"}},"Resources":{)"
                     R"("Q":{"Type":"AWS::SQS::Queue","Properties":{"QueueName":{"Ref":"P"}}},)"
                     R"("R":{"Type":"AWS::SQS::Queue","DependsOn":"Q","Properties":{"Tags":[]}}},)"
                     R"("Outputs":{"O":{"Value":{"Fn::GetAtt":["Q","Arn"]}}}})");
  corpus.add("functions",
             "Conditions:\n"
             "  C: !Equals [!Ref AWS::Region, us-east-1]\n"
             "  D: !And [!Condition C, !Not [!Or [!Condition C, !Condition C]]]\n"
             "Mappings: {M: {us-east-1: {K: [a, b]}}}\n"
             "Resources:\n"
             "  T:\n"
             "    Type: AWS::DynamoDB::Table\n"
             "    Condition: C\n"
             "    DeletionPolicy: Retain\n"
             "    Properties:\n"
             "      TableName: !Join ['-', [a, !Select [0, !Split [',', 'a,b']]]]\n"
             "      X: !If [D, !Ref AWS::NoValue, !FindInMap [M, !Ref AWS::Region, K]]\n"
             "      Y: !Sub ['${V}-${AWS::StackName}-${!L}', {V: !Base64 t}]\n"
             "      Z: {Fn::GetAZs: ''}\n");
  corpus.add("sam",
             "Transform: AWS::Serverless-2016-10-31\n"
             "Globals: {Function: {Timeout: 3}}\n"
             "Resources:\n"
             "  Api: {Type: 'AWS::Serverless::Api', Properties: {StageName: dev}}\n"
             "  T: {Type: 'AWS::Serverless::SimpleTable'}\n"
             "  F:\n"
             "    Type: AWS::Serverless::Function\n"
             "    Properties:\n"
             "      Handler: vote.handler\n"
             "      Runtime: provided.al2023\n"
             "      CodeUri: src/\n"
             "      Policies: [{DynamoDBCrudPolicy: {TableName: !Ref T}}]\n"
             "      Events:\n"
             "        E: {Type: Api, Properties: {Path: /v, Method: get, RestApiId: !Ref Api}}\n"
             "        S: {Type: SQS, Properties: {Queue: arn, BatchSize: 10}}\n");
  corpus.add("parameters",
             "Parameters:\n"
             "  N: {Type: Number, Default: 5, MinValue: 1, MaxValue: 10}\n"
             "  L: {Type: CommaDelimitedList, Default: 'a,b', AllowedPattern: '[a-z]'}\n"
             "Resources: {R: {Type: 'AWS::IAM::Role', Properties: {RoleName: !Sub 'r${N}'}}}\n");
  corpus.add("cycle",
             "Resources:\n"
             "  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: !GetAtt B.Arn}}\n"
             "  B: {Type: 'AWS::SQS::Queue', DependsOn: [A]}\n");
  corpus.add("alias", "Resources: &a {A: {Type: 'AWS::SQS::Queue', Properties: *a}}\n");
  corpus.add("literal",
             "Description: |\n  two\n  lines\nResources: {A: {Type: >-\n  AWS::S3\n}}\n");
}

// The first byte is the document's use: managed, inlined, trust, resource.
void write_policies(const std::filesystem::path& folder) {
  Corpus corpus(folder / "policies");
  const auto document = [](char use, const std::string& statement) {
    return use + (R"({"Version":"2012-10-17","Statement":[{)" + statement + "}]}");
  };
  corpus.add("inlined", document('\1', R"("Sid":"a","Effect":"Allow","Action":["sqs:Send*"],)"
                                       R"("Resource":"arn:aws:sqs:*:*:vo?es")"));
  corpus.add(
      "conditions",
      document('\1', R"("Effect":"Deny","NotAction":"s3:*","NotResource":["*"],"Condition":{)"
                     R"("IpAddress":{"aws:SourceIp":["127.0.0.0/8"]},"Bool":)"
                     R"({"aws:SecureTransport":false},"DateLessThan":{"aws:CurrentTime":)"
                     R"("2026-01-01T00:00:00Z"},"ForAllValues:StringLikeIfExists":)"
                     R"({"aws:PrincipalTag/team":["${iot:ClientId}","a*"]}})"));
  corpus.add("managed", document('\0', R"("Effect":"Allow","Action":"*","Resource":"*")"));
  corpus.add("trust", document('\2', R"("Effect":"Allow","Action":"sts:AssumeRole","Principal":)"
                                     R"({"AWS":"arn:aws:iam::000000000000:role/worker",)"
                                     R"("Service":["lambda.amazonaws.com"]})"));
  corpus.add("resource", document('\3', R"("Effect":"Allow","Action":"sqs:SendMessage",)"
                                        R"("Resource":"*","Principal":{"AWS":"000000000000"},)"
                                        R"("Condition":{"Null":{"aws:SourceArn":"true"}})"));
  corpus.add("pattern", "*arn:aws:sqs:*:?:*es*${*}\narn:aws:sqs:us:1:yes${*}");
}

// The first byte is the kind: of logs, a phrase of logs, an event filter.
void write_patterns(const std::filesystem::path& folder) {
  Corpus corpus(folder / "patterns");
  using namespace std::string_literals;
  corpus.add("terms", "\0ERROR \"not found\" -debug ?a ?b\nERROR: dog not found"s);
  corpus.add("json",
             "\0{ ($.level = \"E*\" || $.code >= 500) && $.user['a b'][0] NOT EXISTS && "
             "$.list[*] = 1 && $.x IS NULL }\n"
             R"({"level":"ERROR","code":501,"user":{"a b":[]},"list":[2,1],"x":null})"s);
  corpus.add("phrase", "\1\nSTART RequestId: \"1\"");
  corpus.add("filter",
             "\2"
             R"({"eventName":["INSERT"],"dynamodb":{"NewImage":{"votes":{"N":)"
             R"([{"numeric":[">",1,"<=",5]}]},"PK":{"S":[{"prefix":"d"},)"
             R"({"anything-but":["cat"]},{"exists":true}]}}}})"
             "\n"
             R"({"eventName":"INSERT","dynamodb":{"NewImage":{"votes":{"N":"2"},)"
             R"("PK":{"S":"dog"}}}})");
  corpus.add("body",
             "\2"
             R"({"body":{"id":[{"equals-ignore-case":"DOG"},{"suffix":"og"}],)"
             R"("$or":[{"a":[null]},{"b":[{"exists":false}]}]}})"
             "\n"
             R"({"messageId":"1","body":"{\"id\":\"dog\"}"})");
}

}  // namespace

void write_texts(const std::filesystem::path& folder) {
  write_aws_json(folder);
  write_template(folder);
  write_policies(folder);
  write_patterns(folder);
}

}  // namespace votemu::fuzz
