// AWS::Serverless::Api: a REST API, its deployment and its stage.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-api.html
#pragma once

#include <map>
#include <string>
#include <vector>

#include "cloudformation/sam/build.h"
#include "cloudformation/sam/swagger.h"

namespace votemu::cloudformation::sam {

// An API while functions' events add their methods to it.
struct Api {
  Json source;
  Json properties;
  Json body;              // its OpenAPI document
  bool managed = false;   // the document is ours: events add to it
  bool is_in_s3 = false;  // then the body says where
  Json stage_name;
  MethodConditions conditions;
  std::vector<std::string> function_names;  // texts of what names the functions behind it
};

using Apis = std::map<std::string, Api>;

// What an event's `Ref` to the API's stage or deployment becomes.
using Renames = std::map<std::string, std::string>;

// Throws Problem.
Api begin_api(const std::string& logical_id, const Json& resource);

// Generates the API's resources.
void finish_api(Build& build, const std::string& logical_id, Api api, Renames& renames);

}  // namespace votemu::cloudformation::sam
