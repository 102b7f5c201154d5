#include "services/iot/client.h"

#include <algorithm>
#include <iterator>

#include "services/iot/limits.h"

namespace votemu::iot {

void Client::attach(const Link& link) {
  absence.reset();
  link_ = link;
  is_v5_ = link.version == mqtt::Version::v5;
}

void Client::persist(std::uint32_t expiry_s, StoredSessions* stored) {
  expiry_s_ = expiry_s;
  if (stored == nullptr && stored_ != nullptr) {
    for (Pending& message : in_flight_) cross_out(message);
    for (Pending& message : waiting_) cross_out(message);
    stored_->forget(id_);
  }
  stored_ = stored;
}

StoredSession Client::row() const {
  StoredSession row{id_, identifier_, is_v5_, expiry_s_, {}, {}, subscriptions_};
  if (absence) {
    row.left_ms = absence->since_ms;
    row.will = absence->will;
  }
  return row;
}

void Client::restore(StoredSession session, std::vector<Pending> messages, StoredSessions& stored) {
  is_v5_ = session.is_v5;
  expiry_s_ = session.expiry_s;
  subscriptions_ = std::move(session.subscriptions);
  stored_ = &stored;
  for (Pending& message : messages) {
    if (message.packet_id == 0) waiting_bytes_ += message.outgoing->cost();
    waiting_.push_back(std::move(message));
  }
}

void Client::resume() {
  waiting_.insert(waiting_.begin(), std::make_move_iterator(in_flight_.begin()),
                  std::make_move_iterator(in_flight_.end()));
  in_flight_.clear();
  pump();
}

bool Client::deliver(const std::shared_ptr<const Outgoing>& outgoing, std::uint8_t qos,
                     bool retain) {
  if (qos > 0) return wait({outgoing, retain});
  if (!link_ || !link_->permissions->may_receive(outgoing->message().topic)) return true;
  return send(outgoing->packet({link_->version, 0, retain}, clock_));
}

bool Client::wait(Pending message) {
  const std::size_t cost = message.outgoing->cost();
  const std::size_t room =
      link_ ? limits::max_queued_bytes_connected : limits::max_queued_bytes_away;
  if (waiting_bytes_ + cost > room) return !link_;
  if (!link_) {
    write_down(message);
    if (stored_ != nullptr && message.sequence == 0) return true;
  }
  waiting_.push_back(std::move(message));
  waiting_bytes_ += cost;
  if (!link_) return true;
  pump();
  // It is the last one when it could not be sent at once.
  if (!waiting_.empty() && waiting_.back().sequence == 0) write_down(waiting_.back());
  return true;
}

void Client::acknowledge(std::uint16_t packet_id) {
  const auto sent = std::ranges::find(in_flight_, packet_id, &Pending::packet_id);
  if (sent == in_flight_.end()) return;
  cross_out(*sent);
  in_flight_.erase(sent);
  pump();
}

void Client::pump() {
  while (!waiting_.empty() && may_send_next()) {
    Pending next = std::move(waiting_.front());
    waiting_.pop_front();
    const bool is_new = next.packet_id == 0;
    if (is_new) {
      waiting_bytes_ -= next.outgoing->cost();
      next.packet_id = free_packet_id(next.outgoing->packet_id());
    }
    const PacketForm form{link_->version, 1, next.retain, next.packet_id, !is_new};
    mqtt::SharedBytes packet = next.outgoing->packet(form, clock_);
    const bool has_expired = is_new && next.outgoing->expired(clock_);
    if (has_expired || packet->size() > link_->maximum_packet_size ||
        !link_->permissions->may_receive(next.outgoing->message().topic)) {
      cross_out(next);
      continue;
    }
    if (is_new) write_down(next);
    link_->output->send(std::move(packet));
    in_flight_.push_back(std::move(next));
  }
}

// Acknowledgements drive the pump, so one message is always under way, however much else is unsent.
bool Client::may_send_next() const {
  if (in_flight_.empty()) return true;
  return in_flight_.size() < link_->receive_maximum &&
         link_->output->unsent_bytes() < limits::max_unsent_bytes / 2;
}

std::uint16_t Client::free_packet_id(std::uint16_t preferred) const {
  std::uint16_t packet_id = preferred;
  while (packet_id == 0 || is_in_flight(packet_id)) ++packet_id;
  return packet_id;
}

bool Client::is_in_flight(std::uint16_t packet_id) const {
  return std::ranges::find(in_flight_, packet_id, &Pending::packet_id) != in_flight_.end();
}

bool Client::send(mqtt::SharedBytes packet) {
  if (packet->size() > link_->maximum_packet_size) return true;
  if (link_->output->unsent_bytes() + packet->size() > limits::max_unsent_bytes) return false;
  link_->output->send(std::move(packet));
  return true;
}

void Client::write_down(Pending& message) {
  if (stored_ != nullptr) stored_->keep_message(id_, message);
}

void Client::cross_out(Pending& message) {
  if (stored_ != nullptr) stored_->remove_message(id_, message);
}

}  // namespace votemu::iot
