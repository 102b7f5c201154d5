// What a deployment would do to a stack, found out without doing it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
#pragma once

#include "cloudformation/engine.h"
#include "cloudformation/prepared_template.h"
#include "cloudformation/stack_record.h"

namespace votemu::cloudformation {

struct Changes {
  Json list = Json::array();  // [Change] as DescribeChangeSet answers
  bool any = false;           // also of what is no resource: outputs, parameters, settings
};

// Resources that would be made or replaced have no identifiers yet: what refers to them changes
// conditionally. Throws Problem.
Changes find_changes(const Engine& engine, const StackRecord& stack,
                     const PreparedTemplate& prepared, const Plan& plan, const Source& source,
                     const Settings& settings);

}  // namespace votemu::cloudformation
