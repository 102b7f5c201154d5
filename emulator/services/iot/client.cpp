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

void Client::resume() {
  waiting_.insert(waiting_.begin(), std::make_move_iterator(in_flight_.begin()),
                  std::make_move_iterator(in_flight_.end()));
  in_flight_.clear();
  pump();
}

bool Client::deliver(const std::shared_ptr<const Outgoing>& outgoing, std::uint8_t qos,
                     bool retain) {
  if (qos == 0) {
    if (!link_) return true;
    const PacketForm form{link_->version, 0, retain};
    return send(outgoing->packet(form, clock_.now_ms()));
  }
  const std::size_t room =
      link_ ? limits::max_queued_bytes_connected : limits::max_queued_bytes_away;
  if (waiting_bytes_ + outgoing->cost() > room) return !link_;
  waiting_.push_back({outgoing, retain, 0});
  waiting_bytes_ += outgoing->cost();
  if (link_) pump();
  return true;
}

void Client::acknowledge(std::uint16_t packet_id) {
  std::erase_if(in_flight_, [&](const Pending& sent) { return sent.packet_id == packet_id; });
  pump();
}

void Client::pump() {
  while (!waiting_.empty() && may_send_next()) {
    Pending next = std::move(waiting_.front());
    waiting_.pop_front();
    const bool is_new = next.packet_id == 0;
    if (is_new) {
      waiting_bytes_ -= next.outgoing->cost();
      if (next.outgoing->expired(clock_.now_ms())) continue;
      next.packet_id = free_packet_id(next.outgoing->packet_id());
    }
    const PacketForm form{link_->version, 1, next.retain, next.packet_id, !is_new};
    const mqtt::SharedBytes packet = next.outgoing->packet(form, clock_.now_ms());
    if (packet->size() > link_->maximum_packet_size) continue;
    link_->output->send(packet);
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
  return std::ranges::any_of(in_flight_,
                             [&](const Pending& sent) { return sent.packet_id == packet_id; });
}

bool Client::send(const mqtt::SharedBytes& packet) {
  if (packet->size() > link_->maximum_packet_size) return true;
  if (link_->output->unsent_bytes() + packet->size() > limits::max_unsent_bytes) return false;
  link_->output->send(packet);
  return true;
}

}  // namespace votemu::iot
