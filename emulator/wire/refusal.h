// What a caller is told who is not who they say, in the words of the protocol that they speak.
// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
#pragma once

#include "core/aws_error.h"
#include "wire/sigv4.h"

namespace votemu::wire {

enum class Protocol { json, query, rest_json, s3 };

core::AwsError refused(const Refusal& refusal, Protocol protocol);

}  // namespace votemu::wire
