// The whole process: what is emulated, on the machine's clock and behind its sockets.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include "app/cloud.h"
#include "app/config.h"
#include "core/loop.h"
#include "net/server.h"

namespace votemu::app {

// Members are in the order in which each may use what stands above it.
class Emulator {
 public:
  // Throws what Cloud throws.
  explicit Emulator(Config config);

  // Serves until SIGTERM or SIGINT, then finishes what is in flight, commits and returns. Throws
  // StoreError when a commit failed, TemplateError, and std::runtime_error when it cannot listen.
  void run();

 private:
  void stop_on_signals();

  const Config config_;
  boost::asio::io_context io_{1};
  core::SystemClock clock_;
  core::SystemRandom random_;
  Cloud cloud_{config_, clock_, random_};
  core::Loop loop_{io_, cloud_.turn(), cloud_.timers(), clock_};
  net::Server server_{io_, cloud_.turn(), cloud_.timers(), clock_, cloud_.dispatch()};
  boost::asio::signal_set signals_{io_};
};

}  // namespace votemu::app
