// A template's outputs, evaluated.
#pragma once

#include <map>
#include <string>

#include "cloudformation/environment.h"
#include "cloudformation/evaluate.h"
#include "cloudformation/stack_record.h"

namespace votemu::cloudformation {

// Those whose conditions hold. Throws Problem.
std::map<std::string, Output> evaluate_outputs(const Template& from, const Environment& environment,
                                               const References& references);

}  // namespace votemu::cloudformation
