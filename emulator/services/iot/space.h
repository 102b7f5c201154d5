// One account and region's clients, their subscriptions and what is published between them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/runtime.h"
#include "services/iot/client.h"
#include "services/iot/connection_versions.h"
#include "services/iot/packet_memory.h"
#include "services/iot/retained_messages.h"
#include "services/iot/stored_sessions.h"
#include "services/iot/subscription_index.h"

namespace votemu::iot {

class Space : public std::enable_shared_from_this<Space> {
 public:
  // `relieve` is called after each message: too many may be in memory then.
  Space(core::Runtime& runtime, const core::Scope& scope, const PacketMemory& memory,
        std::function<void()> relieve)
      : runtime_(runtime),
        memory_(memory),
        relieve_(std::move(relieve)),
        retained_(runtime.store, scope),
        stored_(runtime.store, scope, memory) {}

  // Takes up the sessions that are in the store. Once, before anything else.
  void restore();

  struct Opened {
    Client& client;
    bool had_state;
  };
  // The client is on `link` from now on. An older connection of the same client identifier ends.
  Opened open(const mqtt::Connect& connect, const Link& link, std::uint32_t session_expiry_s);
  // The client is no longer connected, and gone for good unless its state is to be kept.
  void leave(Client& client, const mqtt::Ending& ending);

  // quota_exceeded changes nothing. `is_new` is false when it replaced one.
  struct Subscribed {
    mqtt::ReasonCode reason;
    bool is_new;
  };
  Subscribed subscribe(Client& client, const mqtt::Subscription& subscription);
  bool unsubscribe(Client& client, std::string_view filter);
  // After a change of its subscriptions.
  void keep_subscriptions(const Client& client);
  // AWS sends retained messages for exact filters only.
  void send_retained(Client& client, const mqtt::Subscription& subscription);

  // `publisher` is null for what does not come from a client.
  void publish(mqtt::Message message, const Client* publisher);
  // At the end of the turn.
  void publish_later(mqtt::Message message);
  bool has_listeners(std::string_view topic) const { return index_.has_match(topic); }

  ConnectionVersions& connection_versions() { return connection_versions_; }
  std::size_t connected_count() const { return connected_; }
  bool empty() const { return clients_.empty(); }

  // The connected client that is furthest behind; null when none is behind by a lot.
  Client* slowest() const;
  void cut_off(Client& client);

 private:
  std::uint16_t next_packet_id();
  void restore_client(StoredSessions::Restored restored);
  void keep_while_away(Client& client, const mqtt::Ending& ending);
  // For the rest of its time since it left.
  void wait_for_return(Client& client, std::int64_t since_ms, std::uint32_t expiry_s,
                       std::optional<mqtt::Will> will);
  void publish_delayed_will(Client& client);
  void forget(Client& client);
  void forget_longest_away();

  core::Runtime& runtime_;
  PacketMemory memory_;
  std::function<void()> relieve_;
  RetainedMessages retained_;
  StoredSessions stored_;
  ConnectionVersions connection_versions_;
  std::map<std::string, std::unique_ptr<Client>, std::less<>> clients_;
  SubscriptionIndex index_;
  std::size_t connected_ = 0;
  std::uint64_t last_serial_ = 0;
  std::uint16_t last_packet_id_ = 0;
};

}  // namespace votemu::iot
