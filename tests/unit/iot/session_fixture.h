// A session alone, against a host that writes down what it is asked.
#pragma once

#include "services/iot/mqtt/session.h"

#include <gtest/gtest.h>

#include "core/random.h"
#include "services/iot/limits.h"
#include "tests/unit/iot/packets.h"

namespace votemu::iot::mqtt::test {

using namespace std::string_literals;

struct RecordingHost final : SessionHost {
  void send(SharedBytes bytes) override { sent += *bytes; }
  void close() override { closed = true; }
  bool open(const Connect& asked, std::uint32_t expiry_s) override {
    connect = asked;
    session_expiry_s = expiry_s;
    return session_present;
  }
  void opened() override {}
  void ended(const Ending& how) override { ending = how; }
  ReasonCode admit(const Connect&) override { return admit_reason; }
  ReasonCode publish(Message message) override {
    published.push_back(std::move(message));
    return publish_reason;
  }
  ReasonCode subscribe(const Subscription& subscription) override {
    subscribed_to.push_back(subscription.filter);
    return subscribe_reason;
  }
  void subscribed() override {}
  void unsubscribed() override {}
  bool unsubscribe(const std::string& filter) override { return filter == "known"; }
  void acknowledged(std::uint16_t packet_id) override { acknowledged_ids.push_back(packet_id); }

  std::string sent;
  bool closed = false;
  std::optional<Connect> connect;
  std::uint32_t session_expiry_s = 0;
  bool session_present = false;
  std::optional<Ending> ending;
  std::vector<Message> published;
  std::vector<std::string> subscribed_to;
  std::vector<std::uint16_t> acknowledged_ids;
  ReasonCode admit_reason = ReasonCode::success;
  ReasonCode publish_reason = ReasonCode::success;
  ReasonCode subscribe_reason = ReasonCode::success;
};

class SessionTest : public ::testing::Test {
 protected:
  void receive(std::string_view bytes) { session.receive(bytes, now_ms); }
  void connect(const ConnectOptions& options = {}) { receive(connect_packet(options)); }
  void connect_v5() {
    connect({.version = Version::v5});
    host.sent.clear();
  }
  void connect_v3() {
    connect();
    host.sent.clear();
  }

  // Closed, and an MQTT 5 client was told why.
  void expect_disconnected(ReasonCode reason) {
    EXPECT_TRUE(host.closed);
    ASSERT_FALSE(frames_of(host.sent).empty());
    const auto last = frames_of(host.sent).back();
    EXPECT_EQ(last.type, PacketType::disconnect);
    EXPECT_EQ(static_cast<ReasonCode>(last.body.at(0)), reason);
  }
  void expect_closed_silently() {
    EXPECT_TRUE(host.closed);
    EXPECT_EQ(host.sent, "");
  }

  Properties connack_properties() {
    const auto frame = frame_of(host.sent);
    EXPECT_EQ(frame.type, PacketType::connack);
    EXPECT_EQ(frame.body.substr(0, 2), "\0\0"s);
    Reader body(std::string_view(frame.body).substr(2));
    return decode_properties(body, PropertyPlace::connack);
  }

  core::SeededRandom random{1};
  RecordingHost host;
  std::int64_t now_ms = 1'000;
  Session session{host, random, now_ms};
};

}  // namespace votemu::iot::mqtt::test
