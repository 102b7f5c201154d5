#include "services/iot/client_connection.h"

#include <algorithm>

#include "core/json.h"
#include "services/iot/limits.h"

namespace votemu::iot {

using mqtt::PropertyId;

ClientConnection::ClientConnection(core::Runtime& runtime, std::shared_ptr<Space> space,
                                   ClientInfo info, Output& output)
    : runtime_(runtime),
      space_(std::move(space)),
      info_(std::move(info)),
      permissions_(runtime.clock, info_.scope, info_.authorizer),
      events_(runtime, space_, info_.principal, info_.source_ip),
      output_(output),
      session_(*this, runtime.random, runtime.clock.steady_ms()) {
  watch_deadline();
}

ClientConnection::~ClientConnection() {
  session_.transport_gone();
}

void ClientConnection::receive(std::string_view bytes) {
  // Answers are no longer than what they answer, so it is enough to look once for each piece of
  // input.
  if (output_.unsent_bytes() > limits::max_unsent_bytes) {
    session_.end(mqtt::EndReason::server_initiated, std::nullopt);
  }
  session_.receive(bytes, runtime_.clock.steady_ms());
}

void ClientConnection::leave() {
  session_.client_left();
}

// Packets only move the deadline; the timer finds out when it fires.
void ClientConnection::watch_deadline() {
  const std::int64_t wait_ms = session_.deadline_ms() - runtime_.clock.steady_ms();
  deadline_ = runtime_.timers.after(wait_ms, [this] {
    session_.on_time(runtime_.clock.steady_ms());
    if (!session_.closed()) watch_deadline();
  });
}

void ClientConnection::send(mqtt::SharedBytes bytes) {
  output_.send(std::move(bytes));
}

void ClientConnection::close() {
  output_.close();
}

mqtt::ReasonCode ClientConnection::admit(const mqtt::Connect& connect) {
  const bool may_connect = permissions_.may_connect(connect.client_id);
  const mqtt::Message* will = connect.will ? &connect.will->message : nullptr;
  if (may_connect && (!will || permissions_.may_publish(will->topic, will->retain))) {
    return mqtt::ReasonCode::success;
  }
  events_.connect_failed(connect.client_id);
  return mqtt::ReasonCode::not_authorized;
}

bool ClientConnection::open(const mqtt::Connect& connect, std::uint32_t session_expiry_s) {
  Link link{&output_, &session_, &permissions_, connect.version};
  link.receive_maximum = static_cast<std::uint16_t>(std::min<std::uint32_t>(
      connect.properties.number_or(PropertyId::receive_maximum, 65'535), limits::max_in_flight));
  link.maximum_packet_size =
      connect.properties.number_or(PropertyId::maximum_packet_size, 0xFFFF'FFFF);
  const Space::Opened opened = space_->open(connect, link, session_expiry_s);
  client_ = &opened.client;
  events_.connected(client_->id(), client_->identifier());
  runtime_.log.debug("iot: client " + core::json_quote(client_->id()) + " connected from " +
                     info_.source_ip);
  return opened.had_state;
}

void ClientConnection::opened() {
  client_->resume();
}

void ClientConnection::ended(const mqtt::Ending& ending) {
  runtime_.log.debug("iot: client " + core::json_quote(client_->id()) + " left");
  events_.disconnected(ending.reason);
  space_->leave(*std::exchange(client_, nullptr), ending);
}

mqtt::ReasonCode ClientConnection::publish(mqtt::Message message) {
  if (!permissions_.may_publish(message.topic, message.retain)) {
    return mqtt::ReasonCode::not_authorized;
  }
  space_->publish(std::move(message), client_);
  return mqtt::ReasonCode::success;
}

mqtt::ReasonCode ClientConnection::subscribe(const mqtt::Subscription& subscription) {
  if (!permissions_.may_subscribe(subscription.filter)) return mqtt::ReasonCode::not_authorized;
  const Space::Subscribed subscribed = space_->subscribe(*client_, subscription);
  const auto handling = subscription.options.retain_handling;
  const bool wants_retained =
      handling == mqtt::RetainHandling::send ||
      (handling == mqtt::RetainHandling::send_when_new && subscribed.is_new);
  if (mqtt::is_error(subscribed.reason)) return subscribed.reason;
  changed_filters_.push_back(subscription.filter);
  if (wants_retained) awaiting_retained_.push_back(subscription);
  return subscribed.reason;
}

void ClientConnection::subscribed() {
  const auto filters = std::exchange(changed_filters_, {});
  if (!filters.empty()) {
    space_->keep_subscriptions(*client_);
    events_.subscribed(filters);
  }
  const auto subscriptions = std::exchange(awaiting_retained_, {});
  for (const auto& subscription : subscriptions) {
    if (client_ != nullptr) space_->send_retained(*client_, subscription);
  }
}

bool ClientConnection::unsubscribe(const std::string& filter) {
  changed_filters_.push_back(filter);
  return space_->unsubscribe(*client_, filter);
}

void ClientConnection::unsubscribed() {
  space_->keep_subscriptions(*client_);
  events_.unsubscribed(std::exchange(changed_filters_, {}));
}

void ClientConnection::acknowledged(std::uint16_t packet_id) {
  client_->acknowledge(packet_id);
}

}  // namespace votemu::iot
