// What Cognito's guests may do at most, whatever their role says.
#pragma once

#include <string>

#include "services/iam/policy_document.h"

namespace votemu::authorization {

// The session policy that narrows the enhanced flow's guests, as their sessions name it.
inline constexpr std::string_view guest_policy_arn =
    "arn:aws:iam::aws:policy/AmazonCognitoUnAuthedIdentitiesSessionPolicy";

// Cognito gives guests that managed policy and one inline besides; this is what both allow.
// https://docs.aws.amazon.com/cognito/latest/developerguide/iam-roles.html
const iam::PolicyDocument& guest_policy();

}  // namespace votemu::authorization
