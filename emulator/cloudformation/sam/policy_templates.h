// SAM's policy templates for the services that votemu has.
#pragma once

#include <optional>
#include <string>

#include "core/json.h"

namespace votemu::cloudformation::sam {

bool is_policy_template(const std::string& name);

// The template's policy document with its parameters' values filled in; nullopt when one is
// missing.
std::optional<core::Json> policy_from_template(const std::string& name,
                                               const core::Json& parameters);

}  // namespace votemu::cloudformation::sam
