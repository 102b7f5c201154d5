// The stack that a start deploys.
#pragma once

#include <cstdint>
#include <string>

#include "app/config.h"
#include "cloudformation/stacks.h"

namespace votemu::app {

// Deploys what the configuration asks for, or takes up what is there. The stack's name, "" when
// nothing is to be deployed. Throws TemplateError.
std::string deploy_stack(const Config& config, std::uint16_t port, cloudformation::Stacks& stacks);

}  // namespace votemu::app
