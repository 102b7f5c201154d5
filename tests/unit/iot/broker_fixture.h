// A broker with clients that speak bytes, under a virtual clock.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "services/iot/broker.h"
#include "tests/support/test_runtime.h"
#include "tests/unit/iot/packets.h"

namespace votemu::iot::test {

using namespace mqtt::test;
using mqtt::Message;
using mqtt::PacketType;
using mqtt::Properties;
using mqtt::PropertyId;
using mqtt::ReasonCode;
using mqtt::Version;

class TestClient final : public Output {
 public:
  TestClient(Broker& broker, const ConnectOptions& options, const core::Scope& scope = {})
      : TestClient(broker, options, ClientInfo{scope, "127.0.0.1"}) {}

  TestClient(Broker& broker, const ConnectOptions& options, ClientInfo info)
      : version_(options.version), connection_(broker.connect(std::move(info), *this)) {
    send_to_broker(connect_packet(options));
  }

  // Its own first words, at once.
  TestClient(Broker& broker, std::string_view bytes)
      : version_(Version::v3_1_1), connection_(broker.connect({{}, "127.0.0.1"}, *this)) {
    send_to_broker(bytes);
  }

  void send(std::shared_ptr<const std::string> bytes) override {
    EXPECT_FALSE(closed) << "sent after close()";
    if (stalled) unsent_ += bytes->size();
    received.push_back(std::move(bytes));
  }
  void close() override { closed = true; }
  std::size_t unsent_bytes() const override { return already_unsent + unsent_; }

  void send_to_broker(std::string_view bytes) { connection_->receive(bytes); }
  void subscribe(std::string filter, std::uint8_t qos = 0) {
    send_to_broker(subscribe_packet({to(std::move(filter), qos)}, version_));
  }
  void subscribe(const mqtt::Subscription& subscription) {
    send_to_broker(subscribe_packet({subscription}, version_));
  }
  void publish(const Message& message) { send_to_broker(publish_packet(message, version_)); }
  void acknowledge(std::uint16_t packet_id) { send_to_broker(puback_packet(packet_id)); }
  // WebSocket's Close frame.
  void leave() {
    connection_->leave();
    connection_.reset();
  }
  // As when the network fails.
  void drop() { connection_.reset(); }

  // Everything since the last call.
  std::vector<OwnedFrame> take_frames() {
    std::string stream;
    for (const auto& bytes : received) stream += *bytes;
    received.clear();
    return frames_of(stream);
  }
  std::vector<mqtt::Publish> take_publishes() {
    std::vector<mqtt::Publish> publishes;
    for (const OwnedFrame& frame : take_frames()) {
      if (frame.type == PacketType::publish) {
        publishes.push_back(mqtt::decode_publish(frame.view(), version_));
      }
    }
    return publishes;
  }
  std::vector<std::string> take_payloads() {
    std::vector<std::string> payloads;
    for (const auto& publish : take_publishes()) payloads.push_back(publish.message.payload);
    return payloads;
  }
  bool take_session_present() { return take_frames().at(0).body.at(0) != 0; }

  bool closed = false;
  bool stalled = false;            // the peer takes nothing
  std::size_t already_unsent = 0;  // from before
  std::vector<std::shared_ptr<const std::string>> received;

 private:
  Version version_;
  std::size_t unsent_ = 0;
  std::unique_ptr<Broker::Connection> connection_;
};

class BrokerTest : public ::testing::Test {
 protected:
  std::unique_ptr<TestClient> client(std::string id, ConnectOptions options = {},
                                     const core::Scope& scope = {}) {
    options.client_id = std::move(id);
    return std::make_unique<TestClient>(broker, options, scope);
  }
  std::unique_ptr<TestClient> subscriber(std::string id, std::string filter, std::uint8_t qos = 0) {
    auto subscribed = client(std::move(id));
    subscribed->subscribe(std::move(filter), qos);
    subscribed->take_frames();
    return subscribed;
  }
  void publish(std::string topic, std::string payload, int qos = 0, bool retain = false) {
    broker.publish({}, {std::move(topic), std::move(payload), qos, retain, {}});
  }

  votemu::test::TestRuntime runtime;
  Broker broker{runtime.runtime};
};

using Payloads = std::vector<std::string>;

}  // namespace votemu::iot::test
