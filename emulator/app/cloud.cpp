#include "app/cloud.h"

#include <utility>

#include "app/deployed_stack.h"

namespace votemu::app {

Cloud::Cloud(const Config& config, core::Clock& clock, core::Random& random,
             std::vector<abi::NamedHandler> handlers)
    : config_(config),
      store_(config.store),
      timers_(clock),
      log_(config.log_level),
      runtime_{store_, turn_, clock, timers_, random, log_},
      services_(runtime_, config.iam, std::move(handlers)),
      tls_certificate_(config, clock) {
  operations_.add("cloudformation", stacks_.operations());
}

std::string Cloud::start(std::uint16_t port) {
  auto stack = deploy_stack(config_, port, stacks_);
  services_.event_source_mappings.start();
  finish_turns();
  return stack;
}

void Cloud::finish_turns() {
  while (turn_.finish()) {
  }
}

}  // namespace votemu::app
