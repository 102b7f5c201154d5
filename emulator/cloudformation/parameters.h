// A template's parameters: their values checked and given their shapes.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
#pragma once

#include <map>
#include <set>
#include <string>

#include "cloudformation/template_error.h"
#include "core/json.h"

namespace votemu::cloudformation {

// What a Ref to each parameter gives: text, or a list of texts. `given` are the values of whoever
// deploys; the rest come from Default. Throws Problem.
std::map<std::string, core::Json> parameter_values(const core::Json& declared,
                                                   const std::map<std::string, std::string>& given);

// The same as texts, as they are told to people.
std::map<std::string, std::string> parameter_texts(const core::Json& declared,
                                                   const std::map<std::string, std::string>& given);

// The names of those that are not to be told: NoEcho.
std::set<std::string> secret_parameters(const core::Json& declared);

}  // namespace votemu::cloudformation
