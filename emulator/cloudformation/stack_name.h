// What stacks may be called, and where their ids have the name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace votemu::cloudformation {

// What AWS says of a value that is no name, or nullopt. Names of change sets follow the same rule.
std::optional<std::string> name_problem(const std::string& name, const std::string& member);

// "arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/UUID" -> NAME, "" of what is no such id.
std::string_view name_in_stack_id(std::string_view id);

}  // namespace votemu::cloudformation
