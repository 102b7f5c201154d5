// One account and region's clients, their subscriptions and what is published between them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/runtime.h"
#include "services/iot/client.h"
#include "services/iot/retained_messages.h"
#include "services/iot/subscription_index.h"

namespace votemu::iot {

class Space : public std::enable_shared_from_this<Space> {
 public:
  Space(core::Runtime& runtime, core::Scope scope)
      : runtime_(runtime), retained_(runtime.store, std::move(scope)) {}

  struct Opened {
    Client& client;
    bool had_state;
  };
  // The client is on `link` from now on. An older connection of the same client identifier ends.
  Opened open(const mqtt::Connect& connect, const Link& link);
  // The client is no longer connected, and gone for good unless its state is to be kept.
  void leave(Client& client, const mqtt::Ending& ending);

  // quota_exceeded changes nothing. `is_new` is false when it replaced one.
  struct Subscribed {
    mqtt::ReasonCode reason;
    bool is_new;
  };
  Subscribed subscribe(Client& client, const mqtt::Subscription& subscription);
  bool unsubscribe(Client& client, std::string_view filter);
  // AWS sends retained messages for exact filters only.
  void send_retained(Client& client, const mqtt::Subscription& subscription);

  // `publisher` is null for what does not come from a client.
  void publish(mqtt::Message message, const Client* publisher);

  std::size_t connected_count() const { return connected_; }
  bool empty() const { return clients_.empty(); }

 private:
  std::uint16_t next_packet_id();
  void publish_will(mqtt::Will will);
  void keep_while_away(Client& client, const mqtt::Ending& ending);
  void forget(Client& client);
  void forget_longest_away();
  void cut_off(Client& client);

  core::Runtime& runtime_;
  RetainedMessages retained_;
  std::map<std::string, std::unique_ptr<Client>, std::less<>> clients_;
  SubscriptionIndex index_;
  std::size_t connected_ = 0;
  std::uint64_t last_serial_ = 0;
  std::uint16_t last_packet_id_ = 0;
};

}  // namespace votemu::iot
