#include "app/emulator.h"

#include <unistd.h>

#include <csignal>
#include <iostream>
#include <utility>

#include "app/deployed_stack.h"
#include "app/inventory.h"
#include "app/start_text.h"

namespace votemu::app {

Emulator::Emulator(Config config)
    : config_(std::move(config)), store_(config_.store), log_(config_.log_level) {
  operations_.add("cloudformation", stacks_.operations());
  server_.serve_tls([this] { return tls_certificate_.identity(); });
}

void Emulator::run() {
  const auto port = server_.listen(config_.hosts, config_.port);
  const auto stack = deploy_stack(config_, port, stacks_);
  services_.event_source_mappings.start();
  finish_turns();
  stop_on_signals();
  server_.start();
  const auto inventory = take_inventory(store_, operations_, {});
  std::cout << start_text(config_, port, stack, inventory) << std::flush;
  loop_.run();
  finish_turns();
  store_.flush();
}

void Emulator::finish_turns() {
  while (turn_.finish()) {
  }
}

// The second signal does not wait for anything: what was acknowledged is committed anyway.
void Emulator::stop_on_signals() {
  signals_.add(SIGTERM);
  signals_.add(SIGINT);
  signals_.async_wait([this](const boost::system::error_code& error, int) {
    if (error) return;
    signals_.async_wait([](const boost::system::error_code& again, int signal) {
      if (!again) _exit(128 + signal);
    });
    server_.stop([this] { loop_.stop(); });
    services_.sqs.end_waiting_receives();
  });
}

}  // namespace votemu::app
