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

bool ClientConnection::open(const mqtt::Connect& connect, std::uint32_t /*session_expiry_s*/) {
  Link link{&output_, &session_, connect.version};
  link.receive_maximum = static_cast<std::uint16_t>(std::min<std::uint32_t>(
      connect.properties.number_or(PropertyId::receive_maximum, 65'535), limits::max_in_flight));
  link.maximum_packet_size =
      connect.properties.number_or(PropertyId::maximum_packet_size, 0xFFFF'FFFF);
  const Space::Opened opened = space_->open(connect, link);
  client_ = &opened.client;
  runtime_.log.debug("iot: client " + core::json_quote(client_->id()) + " connected from " +
                     info_.source_ip);
  return opened.had_state;
}

void ClientConnection::opened() {
  client_->resume();
}

void ClientConnection::ended(const mqtt::Ending& ending) {
  runtime_.log.debug("iot: client " + core::json_quote(client_->id()) + " left");
  space_->leave(*std::exchange(client_, nullptr), ending);
}

mqtt::ReasonCode ClientConnection::publish(mqtt::Message message) {
  space_->publish(std::move(message), client_);
  return mqtt::ReasonCode::success;
}

mqtt::ReasonCode ClientConnection::subscribe(const mqtt::Subscription& subscription) {
  const Space::Subscribed subscribed = space_->subscribe(*client_, subscription);
  const auto handling = subscription.options.retain_handling;
  const bool wants_retained =
      handling == mqtt::RetainHandling::send ||
      (handling == mqtt::RetainHandling::send_when_new && subscribed.is_new);
  if (!mqtt::is_error(subscribed.reason) && wants_retained) {
    awaiting_retained_.push_back(subscription);
  }
  return subscribed.reason;
}

void ClientConnection::subscribed() {
  const auto subscriptions = std::exchange(awaiting_retained_, {});
  for (const auto& subscription : subscriptions) {
    if (client_ != nullptr) space_->send_retained(*client_, subscription);
  }
}

bool ClientConnection::unsubscribe(const std::string& filter) {
  return space_->unsubscribe(*client_, filter);
}

void ClientConnection::acknowledged(std::uint16_t packet_id) {
  client_->acknowledge(packet_id);
}

}  // namespace votemu::iot
