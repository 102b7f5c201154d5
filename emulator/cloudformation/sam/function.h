// AWS::Serverless::Function: a function, its role and what its events need.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html
#pragma once

#include <string>

#include "cloudformation/sam/api.h"
#include "cloudformation/sam/build.h"

namespace votemu::cloudformation::sam {

// Throws Problem.
void expand_function(Build& build, Apis& apis, const std::string& logical_id, const Json& resource);

}  // namespace votemu::cloudformation::sam
