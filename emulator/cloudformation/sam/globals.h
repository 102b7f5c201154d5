// The Globals section, merged into the resources that it speaks of.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
#pragma once

#include "core/json.h"

namespace votemu::cloudformation::sam {

// Takes the section out of `root` and merges it into the properties of every resource of its types:
// maps member by member, lists global elements first, anything else as the resource has it. Throws
// Problem.
void merge_globals(core::Json& root);

}  // namespace votemu::cloudformation::sam
