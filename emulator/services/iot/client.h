// What the broker keeps of one client identifier: its subscriptions and the messages that it has
// not acknowledged. Outlives the connection when the client asked for that.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/timers.h"
#include "services/iot/broker.h"
#include "services/iot/mqtt/session.h"
#include "services/iot/outgoing.h"

namespace votemu::iot {

// The connection that a client is on.
struct Link {
  Output* output;
  mqtt::Session* session;
  mqtt::Version version;
  std::uint16_t receive_maximum = 0;      // QoS 1 messages that may be unacknowledged
  std::uint32_t maximum_packet_size = 0;  // larger packets are not sent
};

class Client {
 public:
  using Subscriptions = std::map<std::string, mqtt::SubscriptionOptions, std::less<>>;

  // `serial` orders clients by when they came.
  Client(std::string id, std::uint64_t serial, core::Clock& clock)
      : id_(std::move(id)), serial_(serial), clock_(clock) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  const std::string& id() const { return id_; }
  std::uint64_t serial() const { return serial_; }
  Subscriptions& subscriptions() { return subscriptions_; }

  const std::optional<Link>& link() const { return link_; }
  void attach(const Link& link);
  void detach() { link_.reset(); }
  // MQTT 5 and older versions do not take over each other's state.
  bool is_v5() const { return is_v5_; }

  // Sends again what was not acknowledged on an earlier connection, then what waited.
  void resume();

  // False when the client is too slow: it has to go. A message for a client that is away waits when
  // it is of QoS 1, unless too much waits already.
  bool deliver(const std::shared_ptr<const Outgoing>& outgoing, std::uint8_t qos, bool retain);
  void acknowledge(std::uint16_t packet_id);

  // Set while the client is away.
  struct Absence {
    std::int64_t since_ms;
    core::Timer forget;
    std::optional<mqtt::Will> will;  // one whose delay has not passed
    core::Timer publish_will;
  };
  std::optional<Absence> absence;

 private:
  struct Pending {
    std::shared_ptr<const Outgoing> outgoing;
    bool retain;
    std::uint16_t packet_id = 0;  // 0 until it is sent for the first time
  };

  void pump();
  bool may_send_next() const;
  std::uint16_t free_packet_id(std::uint16_t preferred) const;
  bool is_in_flight(std::uint16_t packet_id) const;
  // False when there is no room for it.
  bool send(const mqtt::SharedBytes& packet);

  std::string id_;
  std::uint64_t serial_;
  core::Clock& clock_;
  Subscriptions subscriptions_;
  std::optional<Link> link_;
  bool is_v5_ = false;
  std::vector<Pending> in_flight_;  // in the order in which they were sent
  std::deque<Pending> waiting_;     // those that were sent on an earlier connection first
  std::size_t waiting_bytes_ = 0;   // of those that were never sent
};

}  // namespace votemu::iot
