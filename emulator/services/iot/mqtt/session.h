// One connection's side of MQTT, without I/O: bytes and time go in, packets and what they ask of
// the broker come out through SessionHost. AWS's rules and deviations are decided here.
// https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html#mqtt-differences
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/random.h"
#include "services/iot/mqtt/connect.h"
#include "services/iot/mqtt/framer.h"
#include "services/iot/mqtt/publish.h"
#include "services/iot/mqtt/subscribe.h"

namespace votemu::iot::mqtt {

using SharedBytes = std::shared_ptr<const std::string>;

// Why a connection that had been accepted ended, in the words of AWS's lifecycle events.
enum class EndReason {
  client_initiated,
  client_error,
  connection_lost,
  duplicate_client_id,
  keep_alive_timeout,
  server_initiated,
  not_authorized,
  connected_too_long,
};

struct Ending {
  EndReason reason;
  std::uint32_t session_expiry_s;  // how long the client's state is to be kept
  std::optional<Will> will;        // to be published
};

// What a session asks of the broker, always from within a call of the session's.
class SessionHost {
 public:
  virtual ~SessionHost() = default;
  virtual void send(SharedBytes bytes) = 0;
  // After what was sent.
  virtual void close() = 0;

  // Whether the client may connect, with its will: success, or why not. Its client_id is never
  // empty.
  virtual ReasonCode admit(const Connect& connect) = 0;
  // A CONNECT was accepted. True when the client's state had been kept.
  virtual bool open(const Connect& connect, std::uint32_t session_expiry_s) = 0;
  // CONNACK is out: messages may follow.
  virtual void opened() = 0;
  // Once, after open().
  virtual void ended(const Ending& ending) = 0;

  // success, or why not.
  virtual ReasonCode publish(Message message) = 0;
  virtual ReasonCode subscribe(const Subscription& subscription) = 0;
  // SUBACK is out: retained messages may follow.
  virtual void subscribed() = 0;
  // False when there was no such subscription.
  virtual bool unsubscribe(const std::string& filter) = 0;
  // UNSUBACK is out.
  virtual void unsubscribed() = 0;
  // The client has a QoS 1 message.
  virtual void acknowledged(std::uint16_t packet_id) = 0;
};

// All times are on the steady clock, in milliseconds.
class Session {
 public:
  Session(SessionHost& host, core::Random& random, std::int64_t now_ms);

  // Bytes that arrive after the end are ignored.
  void receive(std::string_view bytes, std::int64_t now_ms);

  // When on_time() is next worth calling. Moves only to later times while the session is open.
  std::int64_t deadline_ms() const;
  // Ends the connection when its CONNECT or keepalive is overdue, or it has lasted too long.
  void on_time(std::int64_t now_ms);

  // The broker ends the connection; MQTT 5 clients are told `code`.
  void end(EndReason reason, std::optional<ReasonCode> code);
  void client_left();  // without a DISCONNECT, but in good order
  void transport_gone();

  bool closed() const { return state_ == State::closed; }
  std::size_t buffered_bytes() const { return framer_.buffered_bytes(); }

 private:
  enum class State { awaiting_connect, open, closed };

  void handle(const Frame& frame);
  void handle_connect(const Frame& frame);
  void handle_publish(const Frame& frame);
  void handle_subscribe(const Frame& frame);
  void handle_unsubscribe(const Frame& frame);
  void handle_disconnect(const Frame& frame);

  void accept(Connect& connect);
  void resolve_alias(Message& message);
  void refuse_connect(ReasonCode reason);
  void refuse_admission(ReasonCode reason);
  void fail(ReasonCode reason);
  void leave(EndReason reason, bool with_will);
  void send(std::string bytes);
  bool is_v5() const { return version_ == Version::v5; }

  SessionHost& host_;
  core::Random& random_;
  Framer framer_;
  State state_ = State::awaiting_connect;
  std::optional<Version> version_;
  std::int64_t last_packet_ms_;
  std::int64_t connection_end_ms_;
  std::int64_t keep_alive_ms_ = 0;
  std::uint32_t session_expiry_s_ = 0;
  std::optional<Will> will_;
  std::map<std::uint32_t, std::string> aliases_;
};

}  // namespace votemu::iot::mqtt
