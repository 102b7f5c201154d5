// What IAM asks of a well-formed document beyond its grammar.
#pragma once

#include "services/iam/policy_document.h"

namespace votemu::iam {

// Throws AwsError MalformedPolicyDocument in AWS's words.
void check_policy_rules(const PolicyDocument& document, PolicyUse use);

}  // namespace votemu::iam
