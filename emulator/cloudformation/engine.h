// What every deployment works with, for as long as the process lives.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cloudformation/resources/resource_types.h"
#include "cloudformation/services.h"
#include "core/runtime.h"

namespace votemu::cloudformation {

struct Engine {
  Engine(core::Runtime& core_runtime, Services all_services, std::vector<std::string> handlers)
      : runtime(core_runtime),
        services(std::move(all_services)),
        known_handlers(std::move(handlers)) {}

  core::Runtime& runtime;
  const Services services;
  const std::vector<std::string> known_handlers;  // a function's Handler; empty: any
  const ResourceTypes types;
};

}  // namespace votemu::cloudformation
