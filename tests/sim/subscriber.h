// An MQTT client that listens to the totals and talks, with QoS 0 or with a session that outlives
// it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/sim/chat.h"
#include "tests/sim/coverage.h"
#include "tests/sim/machine.h"
#include "tests/sim/vote_ledger.h"
#include "tests/support/mqtt_packets.h"

namespace votemu::sim {

// Each candidate's totals reach it in order and once; a session misses none of them, and nothing
// that the server has taken over from a client. What comes again says so. Throws Violation from
// what it is told.
class Subscriber {
 public:
  Subscriber(Machine& machine, VoteLedger& votes, Chat& chat, Coverage& coverage,
             std::string client_id, bool keeps_session);

  bool is_connected() const { return connection_ && connection_->is_open(); }
  void connect();
  void disconnect(bool goodbye);
  // Acknowledges what came, and says that it is alive.
  void acknowledge();
  // Says something to all, with QoS 1.
  void talk();

  // The clock has moved.
  void note_time();
  // After power was lost without syncs anything may come again.
  void expect_anything();
  // At the end, at rest and connected: it has heard them all.
  void check_complete(const std::map<std::string, std::uint64_t>& totals) const;

 private:
  void receive(std::string_view bytes);
  void take_end();
  void take(const iot::mqtt::Frame& frame);
  void begin_session(bool present);
  void take_publish(const iot::mqtt::Publish& publish);
  void take_puback(std::uint16_t packet_id);
  void listen(std::size_t number, bool again);
  void hear(const std::string& candidate, std::uint64_t total, bool again);
  bool must_have_session() const;

  Machine& machine_;
  VoteLedger& votes_;
  Chat& chat_;
  Coverage& coverage_;
  const std::string client_id_;
  const bool keeps_session_;
  std::shared_ptr<Connection> connection_;
  iot::mqtt::Framer framer_;
  bool connected_ = false;     // by the server's CONNACK
  bool subscribed_ = false;    // by its SUBACK, in the session that is kept
  bool has_left_ = false;      // and is not connected since
  std::int64_t away_ms_ = 0;   // all that wall time went forward since, also where it was set back
  std::int64_t noted_ms_ = 0;  // wall time when that was added up
  std::vector<std::uint16_t> to_acknowledge_;
  std::map<std::string, std::uint64_t> heard_;  // the last total of each candidate
  std::set<std::string> followed_;              // candidates heard of since the session began
  std::map<std::uint16_t, std::size_t> said_;   // not acknowledged yet, by packet identifier
  std::uint16_t last_packet_ = 0;
  std::size_t listens_from_ = 0;  // what is said from this number on it has to hear
  std::set<std::size_t> listened_;
};

}  // namespace votemu::sim
