// What TagResource and UntagResource do to a resource's tags.
#pragma once

#include <string>

#include "core/json.h"

namespace votemu::cognito {

struct TagEdit {
  std::string arn;
  core::Json added = core::Json::object();
  core::Json removed = core::Json::array();  // keys

  // Throws AwsError when there are too many afterwards.
  core::Json applied_to(core::Json tags) const;
};

// Throw AwsError with that code.
TagEdit tagging(const core::Json& request, const std::string& model_error);
TagEdit untagging(const core::Json& request, const std::string& model_error);
std::string tagged_arn(const core::Json& request, const std::string& model_error);

// "…:KIND/ID" -> ID of that service in that scope. Throws AwsError when it is something else.
std::string resource_of(const std::string& arn, std::string_view service, std::string_view kind);

}  // namespace votemu::cognito
