// Sessions that outlive their connections, in the store: who they are, what they subscribe to, and
// the QoS 1 messages that they have not acknowledged. Clean sessions are never in it.
// https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html#mqtt-persistent-sessions
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/ids.h"
#include "core/keys.h"
#include "core/store.h"
#include "services/iot/mqtt/connect.h"
#include "services/iot/mqtt/subscribe.h"
#include "services/iot/outgoing.h"

namespace votemu::iot {

using Subscriptions = std::map<std::string, mqtt::SubscriptionOptions, std::less<>>;

struct StoredSession {
  std::string client_id;
  std::string identifier;  // a UUID, as lifecycle events say it
  bool is_v5 = false;
  std::uint32_t expiry_s = 0;           // after it was left
  std::optional<std::int64_t> left_ms;  // since the Unix epoch; none while its client is connected
  std::optional<mqtt::Will> will;       // one whose delay, from left_ms, has not passed
  Subscriptions subscriptions;
};

// One that waits for a session or is in flight to its client.
struct Pending {
  std::shared_ptr<const Outgoing> outgoing;
  bool retain = false;
  std::uint16_t packet_id = 0;  // 0 until it is sent for the first time
  std::uint64_t sequence = 0;   // its place in the store; 0 when it is not there
};

// Those of one account and region.
class StoredSessions {
 public:
  StoredSessions(core::Store& store, core::Scope scope, PacketMemory memory)
      : store_(store), scope_(std::move(scope)), memory_(std::move(memory)) {}

  // Whose sessions are in the store.
  static std::vector<core::Scope> scopes(const core::Store& store);

  // In place of the row that is there.
  void keep(const StoredSession& session);
  // Its messages are removed one by one before.
  void forget(std::string_view client_id);

  // Adds the message, or writes down its packet identifier when it is there already. Does nothing
  // when there is no room: its sequence stays 0 then.
  void keep_message(std::string_view client_id, Pending& message);
  void remove_message(std::string_view client_id, Pending& message);

  struct Restored {
    StoredSession session;
    std::vector<Pending> messages;  // in the order in which they came
  };
  // Once, before anything else.
  std::vector<Restored> restore();

 private:
  struct Content {
    std::uint64_t number;
    std::size_t uses = 0;
  };

  core::Key session_key(std::string_view client_id) const;
  core::Key messages_prefix(std::string_view client_id) const;
  core::Key content_key(std::uint64_t number) const;
  Content* content_of(const Outgoing& outgoing);
  void restore_messages(std::vector<Restored>& sessions);
  std::shared_ptr<const Outgoing> restore_content(std::uint64_t number);

  core::Store& store_;
  core::Scope scope_;
  PacketMemory memory_;
  std::unordered_map<const Outgoing*, Content> contents_;
  std::map<std::uint64_t, std::shared_ptr<const Outgoing>> restored_;  // only during restore()
  std::size_t content_bytes_ = 0;
  std::uint64_t last_number_ = 0;  // of contents and places alike
};

}  // namespace votemu::iot
