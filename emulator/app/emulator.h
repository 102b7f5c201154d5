// The whole process: owns everything, starts it, stops it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include "app/config.h"
#include "app/control.h"
#include "app/dispatch.h"
#include "app/linked_handlers.h"
#include "app/operations.h"
#include "app/services.h"
#include "app/tls_certificate.h"
#include "cloudformation/stacks.h"
#include "core/loop.h"
#include "core/runtime.h"
#include "net/server.h"

namespace votemu::app {

// Members are in the order in which each may use what stands above it.
class Emulator {
 public:
  // Throws StoreError when the data directory cannot be used, std::runtime_error when the CA in it
  // or one's own certificate cannot.
  explicit Emulator(Config config);

  // Serves until SIGTERM or SIGINT, then finishes what is in flight, commits and returns. Throws
  // StoreError when a commit failed, TemplateError, and std::runtime_error when it cannot listen.
  void run();

 private:
  void finish_turns();
  void stop_on_signals();

  const Config config_;
  boost::asio::io_context io_{1};
  core::Store store_;
  core::Turn turn_{store_};
  core::SystemClock clock_;
  core::Timers timers_{clock_};
  core::SystemRandom random_;
  core::Log log_;
  core::Runtime runtime_{store_, turn_, clock_, timers_, random_, log_};
  Services services_{runtime_, config_.iam};
  Operations operations_{services_};
  cloudformation::Stacks stacks_{runtime_, operations_.for_stacks(), linked_handler_names()};
  TlsCertificate tls_certificate_{config_, clock_};
  Control control_{store_, operations_, tls_certificate_};
  Dispatch dispatch_{runtime_, services_, operations_, control_};
  core::Loop loop_{io_, turn_, timers_, clock_};
  net::Server server_{io_, turn_, timers_, clock_, dispatch_};
  boost::asio::signal_set signals_{io_};
};

}  // namespace votemu::app
