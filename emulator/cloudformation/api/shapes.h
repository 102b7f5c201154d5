// Parts that several of the API's answers have.
#pragma once

#include "cloudformation/stack_record.h"

namespace votemu::cloudformation::api {

// [{"Key", "Value"}]
Json tag_shapes(const std::map<std::string, std::string>& tags);

// [{"ParameterKey", "ParameterValue"}], secrets masked.
Json parameter_shapes(const std::map<std::string, std::string>& values,
                      const std::set<std::string>& secrets);

}  // namespace votemu::cloudformation::api
