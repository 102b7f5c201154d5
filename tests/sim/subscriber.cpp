#include "tests/sim/subscriber.h"

#include <algorithm>
#include <utility>

#include "core/json.h"
#include "services/iot/limits.h"
#include "services/iot/mqtt/acknowledgement.h"
#include "tests/sim/violation.h"

namespace votemu::sim {

using namespace iot::mqtt;

Subscriber::Subscriber(Machine& machine, VoteLedger& votes, Chat& chat, Coverage& coverage,
                       std::string client_id, bool keeps_session)
    : machine_(machine),
      votes_(votes),
      chat_(chat),
      coverage_(coverage),
      client_id_(std::move(client_id)),
      keeps_session_(keeps_session) {}

void Subscriber::connect() {
  framer_ = {};
  connected_ = false;
  if (!keeps_session_) subscribed_ = false;
  to_acknowledge_.clear();
  said_.clear();
  connection_ =
      machine_.connect([this](std::string_view bytes) { receive(bytes); }, [this] { take_end(); });
  test::ConnectOptions options;
  options.client_id = client_id_;
  options.clean_start = !keeps_session_;
  options.keep_alive_s = 1'200;
  connection_->send_to_server(test::connect_packet(options));
}

void Subscriber::disconnect(bool goodbye) {
  if (!is_connected()) return;
  if (goodbye) connection_->send_to_server(test::disconnect_packet());
  machine_.disconnect(connection_, goodbye);
}

void Subscriber::acknowledge() {
  if (!is_connected()) return;
  for (const auto id : std::exchange(to_acknowledge_, {})) {
    connection_->send_to_server(test::puback_packet(id));
  }
  if (connected_ && !subscribed_) {
    const std::uint8_t qos = keeps_session_ ? 1 : 0;
    connection_->send_to_server(
        test::subscribe_packet({test::to("votes", qos), test::to(Chat::topic, qos)}));
  } else {
    connection_->send_to_server(test::pingreq_packet());
  }
}

void Subscriber::talk() {
  if (!is_connected() || !connected_) return;
  const std::size_t number = chat_.publish();
  if (++last_packet_ == 0) ++last_packet_;
  said_[last_packet_] = number;
  const Message message{Chat::topic, std::to_string(number), 1, false, {}};
  connection_->send_to_server(test::publish_packet(message, Version::v3_1_1, last_packet_));
}

void Subscriber::take_puback(std::uint16_t packet_id) {
  const auto said = said_.extract(packet_id);
  if (said.empty()) throw Violation(client_id_ + " is told of a packet that it did not send");
  chat_.take_over(said.mapped());
  coverage_.add(Happened::word_taken_over);
}

void Subscriber::listen(std::size_t number, bool again) {
  if (number >= chat_.size()) throw Violation(client_id_ + " hears what nobody said");
  const bool fresh = listened_.insert(number).second;
  if (!fresh && !again) throw Violation(client_id_ + " hears something twice");
  if (fresh) coverage_.add(Happened::word_heard);
}

void Subscriber::expect_anything() {
  listened_.clear();
  subscribed_ = false;
  heard_.clear();
  followed_.clear();
}

void Subscriber::check_complete(const std::map<std::string, std::uint64_t>& totals) const {
  if (!keeps_session_) return;
  for (const auto& candidate : followed_) {
    const auto last = heard_.at(candidate);
    const auto found = totals.find(candidate);
    if (found == totals.end() || found->second != last) {
      throw Violation("subscriber " + client_id_ + " has not heard the last total of candidate " +
                      candidate + " but " + std::to_string(last));
    }
  }
  for (std::size_t number = listens_from_; number < chat_.size(); ++number) {
    if (subscribed_ && chat_.is_taken_over(number) && !listened_.contains(number)) {
      throw Violation(client_id_ + " has not heard " + std::to_string(number));
    }
  }
}

// The server may not have heard of a connection that it did not accept.
void Subscriber::take_end() {
  coverage_.add(Happened::subscriber_lost);
  if (!std::exchange(connected_, false)) return;
  has_left_ = true;
  away_ms_ = 0;
  noted_ms_ = machine_.clock().now_ms();
}

void Subscriber::note_time() {
  const std::int64_t now = machine_.clock().now_ms();
  away_ms_ += std::max<std::int64_t>(now - std::exchange(noted_ms_, now), 0);
}

void Subscriber::receive(std::string_view bytes) {
  while (const auto frame = framer_.next(bytes)) take(*frame);
}

void Subscriber::take(const Frame& frame) {
  switch (frame.type) {
    case PacketType::connack:
      return begin_session(frame.body.at(0) != 0);
    case PacketType::suback:
      if (!std::exchange(subscribed_, true)) listens_from_ = chat_.size();
      return;
    case PacketType::publish:
      return take_publish(decode_publish(frame, Version::v3_1_1));
    case PacketType::puback:
      return take_puback(decode_acknowledgement(frame, Version::v3_1_1).packet_id);
    default:
      return;
  }
}

// Answers to the server leave with the next turn.
void Subscriber::begin_session(bool present) {
  note_time();
  connected_ = true;
  if (!present && keeps_session_ && subscribed_ && must_have_session()) {
    throw Violation("the session of " + client_id_ + " is gone");
  }
  has_left_ = false;
  if (present) {
    coverage_.add(Happened::session_resumed);
    return;
  }
  subscribed_ = false;
  followed_.clear();
}

bool Subscriber::must_have_session() const {
  return has_left_ && away_ms_ < std::int64_t{1'000} * iot::limits::max_session_expiry_s;
}

void Subscriber::take_publish(const Publish& publish) {
  if (publish.packet_id != 0) to_acknowledge_.push_back(publish.packet_id);
  if (publish.message.topic == Chat::topic) {
    return listen(std::stoull(publish.message.payload), publish.duplicate);
  }
  for (const auto& each : core::parse_json(publish.message.payload)) {
    hear(each["id"].get<std::string>(), std::stoull(each["votes"].get<std::string>()),
         publish.duplicate);
  }
}

void Subscriber::hear(const std::string& candidate, std::uint64_t total, bool again) {
  votes_.tell(candidate, total);
  auto& last = heard_[candidate];
  if (again && total <= last) return coverage_.add(Happened::total_heard_again);
  coverage_.add(Happened::total_heard);
  if (total <= last) {
    throw Violation("subscriber " + client_id_ + " heard the total of candidate " + candidate +
                    " go from " + std::to_string(last) + " to " + std::to_string(total));
  }
  const bool follows = !followed_.insert(candidate).second;
  if (keeps_session_ && follows && total != last + 1) {
    throw Violation("subscriber " + client_id_ + " missed totals of candidate " + candidate +
                    " between " + std::to_string(last) + " and " + std::to_string(total));
  }
  last = total;
}

}  // namespace votemu::sim
