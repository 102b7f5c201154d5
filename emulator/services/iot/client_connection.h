// A transport's connection: ties its session to the clients of its account and region, and to time.
#pragma once

#include <memory>
#include <vector>

#include "services/iot/broker.h"
#include "services/iot/lifecycle_events.h"
#include "services/iot/mqtt/session.h"
#include "services/iot/permissions.h"
#include "services/iot/space.h"

namespace votemu::iot {

class ClientConnection final : public Broker::Connection, private mqtt::SessionHost {
 public:
  ClientConnection(core::Runtime& runtime, std::shared_ptr<Space> space, ClientInfo info,
                   Output& output);
  ~ClientConnection() override;

  void receive(std::string_view bytes) override;
  std::size_t unread_bytes() const override { return session_.buffered_bytes(); }
  void leave() override;

 private:
  void send(mqtt::SharedBytes bytes) override;
  void close() override;
  mqtt::ReasonCode admit(const mqtt::Connect& connect) override;
  bool open(const mqtt::Connect& connect, std::uint32_t session_expiry_s) override;
  void opened() override;
  void ended(const mqtt::Ending& ending) override;
  mqtt::ReasonCode publish(mqtt::Message message) override;
  mqtt::ReasonCode subscribe(const mqtt::Subscription& subscription) override;
  void subscribed() override;
  bool unsubscribe(const std::string& filter) override;
  void unsubscribed() override;
  void acknowledged(std::uint16_t packet_id) override;

  void watch_deadline();

  core::Runtime& runtime_;
  std::shared_ptr<Space> space_;
  ClientInfo info_;
  Permissions permissions_;
  LifecycleEvents events_;
  Output& output_;
  mqtt::Session session_;
  core::Timer deadline_;
  Client* client_ = nullptr;  // while connected
  std::vector<mqtt::Subscription> awaiting_retained_;
  std::vector<std::string> changed_filters_;  // by the packet that is being handled
};

}  // namespace votemu::iot
