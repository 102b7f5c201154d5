#include "authorization/guest_policy.h"

#include <string_view>

namespace votemu::authorization {
namespace {

constexpr std::string_view document = R"({
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": [
      "appsync:*", "cloudwatch:*", "codewhisperer:*", "cognito-identity:*", "cognito-idp:*",
      "cognito-sync:*", "comprehend:*", "dynamodb:*", "execute-api:*", "firehose:*", "gamelift:*",
      "geo:*", "iot:*", "kinesis:*", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*",
      "kms:ReEncrypt*", "lambda:*", "lex:*", "logs:*", "machinelearning:*", "mobileanalytics:*",
      "mobiletargeting:*", "personalize:*", "polly:*", "rekognition:*", "rum:PutRumEvents", "s3:*",
      "sagemaker:InvokeEndpoint", "scs:*", "ses:*", "sns:*", "sqs:*", "textract:*", "transcribe:*",
      "translate:*"
    ],
    "Resource": "*"
  }
})";

}  // namespace

const iam::PolicyDocument& guest_policy() {
  static const iam::PolicyDocument parsed =
      iam::parse_policy_document(document, iam::PolicyUse::managed);
  return parsed;
}

}  // namespace votemu::authorization
