// What refers to what, and the order that follows from it.
#pragma once

#include <string>
#include <vector>

#include "cloudformation/environment.h"
#include "cloudformation/template.h"

namespace votemu::cloudformation {

struct Reference {
  std::string name;  // a parameter's or a resource's
  Path path;         // of the function that names it
};

// Everything that Ref, Fn::GetAtt and Fn::Sub name, in the branches that `conditions` choose, or in
// all of them when it is nullptr.
std::vector<Reference> references_in(const core::Json& value, const Path& path,
                                     const std::map<std::string, bool>* conditions);

// The logical ids of the resources whose conditions hold, each after everything that it refers to
// or depends on. Throws Problem on cycles and on references to what is not there, outputs included.
std::vector<std::string> creation_order(const Template& from, const Environment& environment);

// Whether a resource or output with this condition is made. Throws Problem when there is none of
// that name.
bool holds(const std::string& condition, const Environment& environment, const Path& path);

}  // namespace votemu::cloudformation
