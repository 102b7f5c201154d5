// What a template's functions can refer to before any resource exists.
#pragma once

#include <map>
#include <string>

#include "cloudformation/template.h"
#include "core/ids.h"

namespace votemu::cloudformation {

struct StackIdentity {
  core::Scope scope;
  std::string name;
  std::string id;  // its ARN
};

struct Environment {
  core::Scope scope;
  std::map<std::string, core::Json> parameters;  // pseudo parameters among them, but for NoValue
  core::Json mappings = core::Json::object();
  std::map<std::string, bool> conditions;
  std::map<std::string, core::Json> exports;  // what Fn::ImportValue finds
};

// Checks the parameters and decides the conditions. Throws Problem.
Environment make_environment(const Template& from, const StackIdentity& stack,
                             const std::map<std::string, std::string>& given_parameters);

}  // namespace votemu::cloudformation
