#include "app/emulator.h"

#include <unistd.h>

#include <csignal>
#include <iostream>
#include <utility>

#include "app/start_text.h"

namespace votemu::app {

Emulator::Emulator(Config config) : config_(std::move(config)) {
  server_.serve_tls([this] { return cloud_.tls_certificate().identity(); });
}

void Emulator::run() {
  const auto port = server_.listen(config_.hosts, config_.port);
  const auto stack = cloud_.start(port);
  stop_on_signals();
  server_.start();
  std::cout << start_text(config_, port, stack, cloud_.inventory()) << std::flush;
  loop_.run();
  cloud_.finish_turns();
  cloud_.flush();
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
    cloud_.services().sqs.end_waiting_receives();
  });
}

}  // namespace votemu::app
