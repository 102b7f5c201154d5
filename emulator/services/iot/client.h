// What the broker keeps of one client identifier: its subscriptions and the messages that it has
// not acknowledged. Outlives the connection when the client asked for that.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/timers.h"
#include "services/iot/broker.h"
#include "services/iot/mqtt/session.h"
#include "services/iot/outgoing.h"
#include "services/iot/permissions.h"
#include "services/iot/stored_sessions.h"

namespace votemu::iot {

// The connection that a client is on.
struct Link {
  Output* output;
  mqtt::Session* session;
  Permissions* permissions;
  mqtt::Version version;
  std::uint16_t receive_maximum = 0;      // QoS 1 messages that may be unacknowledged
  std::uint32_t maximum_packet_size = 0;  // larger packets are not sent
};

class Client {
 public:
  // `serial` orders clients by when they came; `identifier` is the session's, a UUID.
  Client(std::string id, std::string identifier, std::uint64_t serial, core::Clock& clock)
      : id_(std::move(id)), identifier_(std::move(identifier)), serial_(serial), clock_(clock) {}
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  const std::string& id() const { return id_; }
  const std::string& identifier() const { return identifier_; }
  std::uint64_t serial() const { return serial_; }
  Subscriptions& subscriptions() { return subscriptions_; }

  const std::optional<Link>& link() const { return link_; }
  void attach(const Link& link);
  void detach() { link_.reset(); }
  std::size_t unsent_bytes() const { return link_ ? link_->output->unsent_bytes() : 0; }
  // MQTT 5 and older versions do not take over each other's state.
  bool is_v5() const { return is_v5_; }

  // How long its state outlives its connections. `stored` is told of its messages from now on;
  // null when nothing of it is to be in the store any more.
  void persist(std::uint32_t expiry_s, StoredSessions* stored);
  bool is_stored() const { return stored_ != nullptr; }
  StoredSession row() const;
  void restore(StoredSession session, std::vector<Pending> messages, StoredSessions& stored);

  // Sends again what was not acknowledged on an earlier connection, then what waited.
  void resume();

  // False when the client is too slow: it has to go. A message for a client that is away waits when
  // it is of QoS 1, unless too much waits already.
  bool deliver(const std::shared_ptr<const Outgoing>& outgoing, std::uint8_t qos, bool retain);
  void acknowledge(std::uint16_t packet_id);

  // Set while the client is away.
  struct Absence {
    std::int64_t since_ms;  // since the Unix epoch
    core::Timer forget;
    std::optional<mqtt::Will> will;  // one whose delay has not passed
    core::Timer publish_will;
  };
  std::optional<Absence> absence;

 private:
  void pump();
  bool may_send_next() const;
  std::uint16_t free_packet_id(std::uint16_t preferred) const;
  bool is_in_flight(std::uint16_t packet_id) const;
  // False when there is no room for it.
  bool send(mqtt::SharedBytes packet);
  bool wait(Pending message);
  void write_down(Pending& message);
  void cross_out(Pending& message);

  std::string id_;
  std::string identifier_;
  std::uint64_t serial_;
  core::Clock& clock_;
  Subscriptions subscriptions_;
  std::optional<Link> link_;
  bool is_v5_ = false;
  std::uint32_t expiry_s_ = 0;
  StoredSessions* stored_ = nullptr;
  std::vector<Pending> in_flight_;  // in the order in which they were sent
  std::deque<Pending> waiting_;     // those that were sent on an earlier connection first
  std::size_t waiting_bytes_ = 0;   // of those that were never sent
};

}  // namespace votemu::iot
