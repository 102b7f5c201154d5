// The tags that a stack gives to its resources: its own, and those by which AWS marks what belongs
// to a stack.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
#pragma once

#include <string>

#include "cloudformation/stack_record.h"

namespace votemu::cloudformation {

// A resource's properties as its type is given them. The resource's own tags come first.
Json with_stack_tags(const ResourceType& type, const StackRecord& stack, const Settings& settings,
                     const std::string& logical_id, Json properties);

}  // namespace votemu::cloudformation
