// Everything that is emulated: the whole process but its sockets, the machine's clock and chance.
// Requests go into dispatch(), answers and messages come out after their turn's commit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/config.h"
#include "app/control.h"
#include "app/dispatch.h"
#include "app/inventory.h"
#include "app/linked_handlers.h"
#include "app/operations.h"
#include "app/origin_policy.h"
#include "app/services.h"
#include "app/tls_certificate.h"
#include "cloudformation/stacks.h"
#include "core/runtime.h"

namespace votemu::app {

// Members are in the order in which each may use what stands above it.
class Cloud {
 public:
  // Throws StoreError when the data directory cannot be used, std::runtime_error when the CA in it
  // or one's own certificate cannot.
  Cloud(const Config& config, core::Clock& clock, core::Random& random,
        std::vector<abi::NamedHandler> handlers = linked_handlers());

  // Deploys what the configuration asks for, or takes up what is there, and lets the pipeline run.
  // The stack's name, "" when nothing is to be deployed. Throws TemplateError and StoreError.
  std::string start(std::uint16_t port);

  // Ends turns until nothing is deferred or held. Throws StoreError when a commit failed.
  void finish_turns();

  // For a clean stop: the next start need not replay the log.
  void flush() { store_.flush(); }

  Inventory inventory() { return take_inventory(store_, operations_, {}); }

  core::Store& store() { return store_; }
  core::Turn& turn() { return turn_; }
  core::Timers& timers() { return timers_; }
  Services& services() { return services_; }
  TlsCertificate& tls_certificate() { return tls_certificate_; }
  const Operations& operations() const { return operations_; }
  Dispatch& dispatch() { return dispatch_; }

 private:
  const Config& config_;
  core::Store store_;
  core::Turn turn_{store_};
  core::Timers timers_;
  core::Log log_;
  core::Runtime runtime_;
  Services services_;
  Operations operations_{services_};
  cloudformation::Stacks stacks_{runtime_, operations_.for_stacks(), linked_handler_names()};
  TlsCertificate tls_certificate_;
  Control control_{store_, operations_, tls_certificate_};
  OriginPolicy origin_policy_{tls_certificate_.names(), config_.cors_allow_origins, log_};
  Dispatch dispatch_{runtime_, services_, operations_, control_, origin_policy_};
};

}  // namespace votemu::app
