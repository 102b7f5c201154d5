// The AWS::Serverless-2016-10-31 transform as a pure function from template to template.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification.html
//
// Logical ids of what it generates are those that AWS generates. A function's local CodeUri, which
// AWS only accepts after it was uploaded, stays in the template as it is.
#pragma once

#include <map>
#include <string>

#include "cloudformation/template_error.h"
#include "core/json.h"

namespace votemu::cloudformation::sam {

struct Transformed {
  core::Json root;
  // The resource of the source that each resource came from, where it is another one.
  std::map<std::string, std::string> origins;
};

// Whether the template asks for the transform.
bool applies(const core::Json& root);

// Throws Problem.
Transformed transform(const core::Json& root);

}  // namespace votemu::cloudformation::sam
