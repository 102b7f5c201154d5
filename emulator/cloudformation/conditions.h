// The Conditions section.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html
#pragma once

#include <map>
#include <string>

#include "cloudformation/environment.h"

namespace votemu::cloudformation {

// Every condition of the section; `environment` has its parameters and mappings already. Throws
// Problem.
std::map<std::string, bool> decide_conditions(const core::Json& section,
                                              const Environment& environment);

}  // namespace votemu::cloudformation
