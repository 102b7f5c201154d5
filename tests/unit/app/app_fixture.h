// The whole process but for its sockets: requests go into Dispatch, answers come out.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "app/control.h"
#include "app/deployed_stack.h"
#include "app/dispatch.h"
#include "app/inventory.h"
#include "app/linked_handlers.h"
#include "app/operations.h"
#include "app/origin_policy.h"
#include "app/services.h"
#include "cloudformation/stacks.h"
#include "tests/support/test_runtime.h"

namespace votemu::app {

class AppTest : public ::testing::Test {
 protected:
  explicit AppTest(authorization::Mode mode = authorization::Mode::off)
      : services(core.runtime, mode) {
    operations.add("cloudformation", stacks.operations());
  }

  void deploy_voting_stack() {
    deploy_stack(Config{}, 4566, stacks);
    services.event_source_mappings.start();
    core.finish_turn();
  }

  Inventory inventory() { return take_inventory(core.store, operations, {}); }

  // Answers within one turn; a request that waits fails the test.
  wire::HttpResponse send(wire::HttpRequest request) {
    if (!request.headers.find("Host")) request.headers.add("Host", "localhost:4566");
    auto answer = dispatch.handle(request);
    if (auto* response = std::get_if<wire::HttpResponse>(&answer)) {
      core.finish_turn();
      return std::move(*response);
    }
    auto& answering = std::get<abi::Task<wire::HttpResponse>>(answer);
    answering.start([] {});
    core.finish_turn();
    if (!answering.done()) {
      ADD_FAILURE() << "the request still waits";
      return {};
    }
    return answering.outcome().take();
  }

  wire::HttpResponse get(const std::string& target) {
    return send({"GET", target, {}, "", "127.0.0.1"});
  }

  wire::HttpResponse post(const std::string& target, const std::string& body) {
    return send({"POST", target, {{"Content-Type", "application/json"}}, body, "127.0.0.1"});
  }

  wire::HttpResponse call(const std::string& target, const std::string& body) {
    return send({"POST", "/", {{"X-Amz-Target", target}}, body, "127.0.0.1"});
  }

  test::TestRuntime core;
  Services services;
  Operations operations{services};
  cloudformation::Stacks stacks{core.runtime, operations.for_stacks(), linked_handler_names()};
  Config in_memory = [] {
    Config ephemeral;
    ephemeral.store.durability = core::Durability::memory;
    return ephemeral;
  }();
  TlsCertificate tls_certificate{in_memory, core.clock};
  Control control{core.store, operations, tls_certificate};
  OriginPolicy origin_policy{tls_certificate.names(), {}, core.runtime.log};
  Dispatch dispatch{core.runtime, services, operations, control, origin_policy};
};

}  // namespace votemu::app
