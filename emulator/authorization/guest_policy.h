// What Cognito's guests may do at most, whatever their role says.
#pragma once

#include "services/iam/policy_document.h"

namespace votemu::authorization {

// Cognito gives guests the managed policy core::guest_session_policy_arn and one inline besides;
// this is what both allow.
// https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
const iam::PolicyDocument& guest_policy();

}  // namespace votemu::authorization
