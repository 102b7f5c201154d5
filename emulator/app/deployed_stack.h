// The stack that a start deploys, and what people need to know of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/operations.h"
#include "cloudformation/stacks.h"
#include "core/ids.h"
#include "core/runtime.h"

namespace votemu::app {

struct DeployedStack {
  std::string name;  // "" when nothing was deployed
  std::string region{core::default_region};
  std::string api_id;                  // "" when there is no API
  std::string api_stage;               // "" when there is no API
  std::vector<std::string> api_paths;  // "GET /votes"
  std::string iot_topic{"votes"};
  std::string identity_pool_id;  // "" when there is none
  std::vector<std::string> functions;
};

// Deploys what the configuration asks for, or takes up what is there. Throws TemplateError.
DeployedStack deploy_stack(const Config& config, std::uint16_t port, core::Runtime& runtime,
                           cloudformation::Stacks& stacks, const Operations& operations);

}  // namespace votemu::app
