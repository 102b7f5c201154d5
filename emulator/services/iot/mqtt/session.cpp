#include "services/iot/mqtt/session.h"

#include <algorithm>

#include "services/iot/limits.h"
#include "services/iot/mqtt/acknowledgement.h"
#include "services/iot/mqtt/connack.h"
#include "services/iot/mqtt/disconnect.h"
#include "services/iot/mqtt/ping.h"
#include "services/iot/mqtt/session_rules.h"
#include "services/iot/mqtt/unsubscribe.h"

namespace votemu::iot::mqtt {

Session::Session(SessionHost& host, core::Random& random, std::int64_t now_ms)
    : host_(host),
      random_(random),
      last_packet_ms_(now_ms),
      connection_end_ms_(now_ms + limits::max_connection_ms) {}

void Session::receive(std::string_view bytes, std::int64_t now_ms) {
  try {
    while (state_ != State::closed) {
      const std::optional<Frame> frame = framer_.next(bytes);
      if (!frame) return;
      // Before CONNECT the clock runs from the beginning of the connection.
      if (state_ == State::open) last_packet_ms_ = now_ms;
      handle(*frame);
      if (frame->type == PacketType::connect) last_packet_ms_ = now_ms;
    }
  } catch (const ProtocolError& error) {
    fail(error.reason());
  }
}

std::int64_t Session::deadline_ms() const {
  if (state_ == State::awaiting_connect) return last_packet_ms_ + limits::connect_timeout_ms;
  return std::min(last_packet_ms_ + keep_alive_ms_ * 3 / 2, connection_end_ms_);
}

void Session::on_time(std::int64_t now_ms) {
  if (state_ == State::closed || now_ms < deadline_ms()) return;
  if (now_ms >= connection_end_ms_) {
    return end(EndReason::connected_too_long, ReasonCode::maximum_connect_time);
  }
  end(EndReason::keep_alive_timeout, ReasonCode::keep_alive_timeout);
}

void Session::end(EndReason reason, std::optional<ReasonCode> code) {
  if (state_ == State::closed) return;
  if (state_ == State::open && is_v5() && code) send(encode_disconnect(*code));
  leave(reason, true);
  host_.close();
}

void Session::client_left() {
  if (state_ != State::closed) leave(EndReason::client_initiated, false);
}

void Session::transport_gone() {
  if (state_ != State::closed) leave(EndReason::connection_lost, true);
}

void Session::handle(const Frame& frame) {
  if ((frame.type == PacketType::connect) != (state_ == State::awaiting_connect)) {
    throw ProtocolError(ReasonCode::protocol_error, "CONNECT comes first and once");
  }
  switch (frame.type) {
    case PacketType::connect:
      return handle_connect(frame);
    case PacketType::publish:
      return handle_publish(frame);
    case PacketType::puback:
      return host_.acknowledged(decode_acknowledgement(frame, *version_).packet_id);
    case PacketType::subscribe:
      return handle_subscribe(frame);
    case PacketType::unsubscribe:
      return handle_unsubscribe(frame);
    case PacketType::pingreq:
      check_pingreq(frame);
      return send(encode_pingresp());
    case PacketType::disconnect:
      return handle_disconnect(frame);
    default:
      // A server's packets, QoS 2's, and AUTH without an authentication method.
      throw ProtocolError(ReasonCode::protocol_error,
                          "a packet that a client has no reason to send");
  }
}

void Session::handle_connect(const Frame& frame) {
  Connect connect;
  try {
    Reader body(frame.body);
    version_ = decode_protocol_version(body);
    connect = decode_connect(body, *version_);
    check_connect(connect);
  } catch (const ProtocolError& error) {
    return refuse_connect(error.reason());
  }
  accept(connect);
}

void Session::accept(Connect& connect) {
  Properties properties = server_properties();
  if (connect.client_id.empty()) {
    connect.client_id = random_.uuid();
    properties.add(PropertyId::assigned_client_identifier, connect.client_id);
  }
  if (const ReasonCode reason = host_.admit(connect); is_error(reason)) {
    return refuse_admission(reason);
  }
  const std::uint32_t keep_alive_s = granted_keep_alive_s(connect.keep_alive_s);
  if (keep_alive_s != connect.keep_alive_s) {
    properties.add(PropertyId::server_keep_alive, keep_alive_s);
  }
  session_expiry_s_ = granted_session_expiry_s(connect);
  if (session_expiry_s_ < connect.properties.number_or(PropertyId::session_expiry_interval, 0)) {
    properties.add(PropertyId::session_expiry_interval, session_expiry_s_);
  }
  keep_alive_ms_ = std::int64_t{keep_alive_s} * 1'000;
  will_ = std::move(connect.will);
  state_ = State::open;
  const bool session_present = host_.open(connect, session_expiry_s_);
  send(*encode_connack(*version_, session_present, ReasonCode::success, properties));
  host_.opened();
}

void Session::handle_publish(const Frame& frame) {
  Publish publish = decode_publish(frame, *version_);
  Message& message = publish.message;
  if (message.qos > 1) throw ProtocolError(ReasonCode::qos_not_supported, "QoS 2");
  resolve_alias(message);
  const bool acknowledged = message.qos == 1;
  ReasonCode reason = check_message(message);
  if (reason == ReasonCode::success) reason = host_.publish(std::move(message));
  if (is_error(reason) && !(is_v5() && acknowledged && fits_puback(reason))) {
    throw ProtocolError(reason, "a PUBLISH that is refused");
  }
  if (acknowledged) send(encode_puback(publish.packet_id, reason, *version_));
}

// Section 3.3.2.3.4 of MQTT 5.
void Session::resolve_alias(Message& message) {
  const std::optional<std::uint32_t> alias = message.properties.number(PropertyId::topic_alias);
  message.properties.remove(PropertyId::topic_alias);
  if (!alias) {
    if (message.topic.empty()) throw ProtocolError(ReasonCode::protocol_error, "no topic");
    return;
  }
  if (*alias == 0 || *alias > limits::max_topic_aliases) {
    throw ProtocolError(ReasonCode::topic_alias_invalid, "a topic alias out of its range");
  }
  if (!message.topic.empty()) {
    if (message.topic.size() <= limits::max_topic_bytes) aliases_[*alias] = message.topic;
    return;
  }
  const auto known = aliases_.find(*alias);
  if (known == aliases_.end()) {
    throw ProtocolError(ReasonCode::protocol_error, "an unknown topic alias");
  }
  message.topic = known->second;
}

void Session::handle_subscribe(const Frame& frame) {
  const Subscribe subscribe = decode_subscribe(frame, *version_);
  check_subscribe(subscribe);
  std::vector<ReasonCode> reasons;
  for (const Subscription& subscription : subscribe.subscriptions) {
    ReasonCode reason = check_filter(subscription.filter);
    if (reason == ReasonCode::success) reason = host_.subscribe(subscription);
    if (is_error(reason) && !is_v5()) throw ProtocolError(reason, "a SUBSCRIBE that is refused");
    const bool at_qos_1 = !is_error(reason) && subscription.options.qos == 1;
    reasons.push_back(at_qos_1 ? ReasonCode::granted_qos_1 : reason);
  }
  send(encode_suback(subscribe.packet_id, reasons, *version_));
  host_.subscribed();
}

void Session::handle_unsubscribe(const Frame& frame) {
  const Unsubscribe unsubscribe = decode_unsubscribe(frame, *version_);
  std::vector<ReasonCode> reasons;
  for (const std::string& filter : unsubscribe.filters) {
    reasons.push_back(host_.unsubscribe(filter) ? ReasonCode::success
                                                : ReasonCode::no_subscription_existed);
  }
  send(encode_unsuback(unsubscribe.packet_id, reasons, *version_));
  host_.unsubscribed();
}

void Session::handle_disconnect(const Frame& frame) {
  const Disconnect disconnect = decode_disconnect(frame, *version_);
  if (const auto expiry = disconnect.properties.number(PropertyId::session_expiry_interval)) {
    if (session_expiry_s_ == 0 && *expiry != 0) {
      throw ProtocolError(ReasonCode::protocol_error, "a session expiry that CONNECT ruled out");
    }
    session_expiry_s_ = std::min(*expiry, limits::max_session_expiry_s);
  }
  leave(EndReason::client_initiated, disconnect.reason != 0);
  host_.close();
}

void Session::refuse_connect(ReasonCode reason) {
  // A client of an unknown version is answered in the words of MQTT 3.1.1.
  const auto connack = encode_connack(version_.value_or(Version::v3_1_1), false, reason, {});
  if (connack) send(*connack);
  state_ = State::closed;
  host_.close();
}

// AWS has no word for clients of earlier versions: it hangs up.
void Session::refuse_admission(ReasonCode reason) {
  if (is_v5()) return refuse_connect(reason);
  state_ = State::closed;
  host_.close();
}

void Session::fail(ReasonCode reason) {
  end(reason == ReasonCode::not_authorized ? EndReason::not_authorized : EndReason::client_error,
      reason);
}

void Session::leave(EndReason reason, bool with_will) {
  const bool was_open = state_ == State::open;
  state_ = State::closed;
  if (!was_open) return;
  if (!with_will) will_.reset();
  host_.ended({reason, session_expiry_s_, std::move(will_)});
}

void Session::send(std::string bytes) {
  if (state_ != State::closed) host_.send(std::make_shared<const std::string>(std::move(bytes)));
}

}  // namespace votemu::iot::mqtt
