// What stacks give to each other: outputs with an export name, and Fn::ImportValue.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cloudformation/environment.h"
#include "cloudformation/stack_record.h"
#include "core/store.h"

namespace votemu::cloudformation {

struct Export {
  std::string stack_id;
  std::string value;
};

// By name.
std::map<std::string, Export> load_exports(const core::Store& store, const core::Scope& scope);

// The names of the stacks that use it.
std::vector<std::string> importers_of(const core::Store& store, const core::Scope& scope,
                                      std::string_view export_name);

// Throws Problem when another stack exports such a name, or when an export that is in use would
// change or go.
void check_exports(const core::Store& store, const core::Scope& scope, const StackRecord& stack,
                   const std::map<std::string, Output>& outputs);

// Makes the stack's exports those of its outputs.
void save_exports(core::Store& store, const core::Scope& scope, const StackRecord& stack,
                  const std::map<std::string, Output>& outputs);

// The names that a template's resources and outputs import.
std::set<std::string> imports_of(const Template& from, const Environment& environment);

}  // namespace votemu::cloudformation
