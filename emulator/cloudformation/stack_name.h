// What stacks may be called.
#pragma once

#include <optional>
#include <string>

namespace votemu::cloudformation {

// What AWS says of a value that is no name, or nullopt. Names of change sets follow the same rule.
std::optional<std::string> name_problem(const std::string& name, const std::string& member);

}  // namespace votemu::cloudformation
