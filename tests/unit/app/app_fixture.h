// The whole process but for its sockets: requests go into Dispatch, answers come out.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "app/cloud.h"
#include "tests/support/test_runtime.h"

namespace votemu::app {

class AppTest : public ::testing::Test {
 protected:
  explicit AppTest(authorization::Mode mode = authorization::Mode::off) : config(in_memory(mode)) {}

  static Config in_memory(authorization::Mode mode) {
    Config made;
    made.store.durability = core::Durability::memory;
    made.log_level = core::LogLevel::error;
    made.iam = mode;
    return made;
  }

  void deploy_voting_stack() { cloud.start(4566); }

  void advance(std::int64_t duration_ms) {
    test::advance(clock, cloud.timers(), cloud.turn(), duration_ms);
  }

  // Answers within one turn; a request that waits fails the test.
  wire::HttpResponse send(wire::HttpRequest request) {
    if (!request.headers.find("Host")) request.headers.add("Host", "localhost:4566");
    auto answer = cloud.dispatch().handle(request);
    if (auto* response = std::get_if<wire::HttpResponse>(&answer)) {
      cloud.finish_turns();
      return std::move(*response);
    }
    auto& answering = std::get<abi::Task<wire::HttpResponse>>(answer);
    answering.start([] {});
    cloud.finish_turns();
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

  Config config;
  core::VirtualClock clock;
  core::SeededRandom random{1};
  Cloud cloud{config, clock, random};
};

}  // namespace votemu::app
