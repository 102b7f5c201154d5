#include "services/iot/space.h"

#include <algorithm>

#include "core/json.h"
#include "services/iot/limits.h"

namespace votemu::iot {

using mqtt::EndReason;
using mqtt::ReasonCode;

namespace {

constexpr std::int64_t milliseconds(std::uint32_t seconds) {
  return std::int64_t{seconds} * 1'000;
}

}  // namespace

void Space::restore() {
  for (auto& restored : stored_.restore()) restore_client(std::move(restored));
  while (clients_.size() > limits::max_sessions_away) forget_longest_away();
}

void Space::restore_client(StoredSessions::Restored restored) {
  StoredSession& session = restored.session;
  auto client = std::make_unique<Client>(session.client_id, session.identifier, ++last_serial_,
                                         runtime_.clock);
  // Who was connected when votemu ended has been away since it is back.
  const std::int64_t since_ms = session.left_ms.value_or(runtime_.clock.now_ms());
  const std::uint32_t expiry_s = session.expiry_s;
  std::optional<mqtt::Will> will = std::move(session.will);
  for (const auto& [filter, options] : session.subscriptions) {
    index_.add(*parse_topic_filter(filter), *client, options);
  }
  client->restore(std::move(session), std::move(restored.messages), stored_);
  Client& added = *(clients_[client->id()] = std::move(client));
  wait_for_return(added, since_ms, expiry_s, std::move(will));
  if (runtime_.clock.now_ms() - since_ms >= milliseconds(expiry_s)) return forget(added);
  stored_.keep(added.row());
}

Space::Opened Space::open(const mqtt::Connect& connect, const Link& link,
                          std::uint32_t session_expiry_s) {
  auto found = clients_.find(connect.client_id);
  if (found != clients_.end() && found->second->link()) {
    found->second->link()->session->end(EndReason::duplicate_client_id,
                                        ReasonCode::session_taken_over);
    found = clients_.find(connect.client_id);
  }
  const bool is_v5 = link.version == mqtt::Version::v5;
  const bool has_state =
      found != clients_.end() && !connect.clean_start && found->second->is_v5() == is_v5;
  if (found != clients_.end() && !has_state) forget(*found->second);

  std::unique_ptr<Client>& client = clients_[connect.client_id];
  if (!client) {
    client = std::make_unique<Client>(connect.client_id, runtime_.random.uuid(), ++last_serial_,
                                      runtime_.clock);
  }
  client->attach(link);
  client->persist(session_expiry_s, session_expiry_s > 0 ? &stored_ : nullptr);
  if (client->is_stored()) stored_.keep(client->row());
  ++connected_;
  return {*client, has_state};
}

void Space::leave(Client& client, const mqtt::Ending& ending) {
  client.detach();
  --connected_;
  if (ending.session_expiry_s == 0) {
    if (ending.will) publish_later(ending.will->message);
    forget(client);
  } else {
    keep_while_away(client, ending);
  }
}

void Space::keep_while_away(Client& client, const mqtt::Ending& ending) {
  std::optional<mqtt::Will> delayed;
  if (ending.will && ending.will->delay_s > 0) {
    delayed = ending.will;
  } else if (ending.will) {
    publish_later(ending.will->message);
  }
  client.persist(ending.session_expiry_s, &stored_);
  wait_for_return(client, runtime_.clock.now_ms(), ending.session_expiry_s, std::move(delayed));
  stored_.keep(client.row());
  if (clients_.size() - connected_ > limits::max_sessions_away) forget_longest_away();
}

void Space::wait_for_return(Client& client, std::int64_t since_ms, std::uint32_t expiry_s,
                            std::optional<mqtt::Will> will) {
  // A clock that was set back makes nobody stay for longer than was granted.
  const std::int64_t away_ms = std::max<std::int64_t>(runtime_.clock.now_ms() - since_ms, 0);
  Client::Absence& absence = client.absence.emplace();
  absence.since_ms = since_ms;
  absence.forget =
      runtime_.timers.after(milliseconds(expiry_s) - away_ms, [this, &client] { forget(client); });
  if (!will) return;
  absence.publish_will = runtime_.timers.after(milliseconds(will->delay_s) - away_ms,
                                               [this, &client] { publish_delayed_will(client); });
  absence.will = std::move(will);
}

void Space::publish_delayed_will(Client& client) {
  publish_later(client.absence->will->message);
  client.absence->will.reset();
  stored_.keep(client.row());
}

void Space::forget(Client& client) {
  if (client.absence && client.absence->will) publish_later(client.absence->will->message);
  for (const auto& [filter, options] : client.subscriptions()) {
    index_.remove(*parse_topic_filter(filter), client);
  }
  client.persist(0, nullptr);
  clients_.erase(clients_.find(client.id()));
}

void Space::forget_longest_away() {
  Client* longest = nullptr;
  for (const auto& [id, client] : clients_) {
    if (!client->absence) continue;
    if (!longest || client->absence->since_ms < longest->absence->since_ms) longest = client.get();
  }
  if (longest != nullptr) forget(*longest);
}

Space::Subscribed Space::subscribe(Client& client, const mqtt::Subscription& subscription) {
  Subscriptions& subscriptions = client.subscriptions();
  const bool is_new = !subscriptions.contains(subscription.filter);
  if (is_new && subscriptions.size() >= limits::max_subscriptions_per_connection) {
    return {ReasonCode::quota_exceeded, is_new};
  }
  subscriptions[subscription.filter] = subscription.options;
  index_.add(*parse_topic_filter(subscription.filter), client, subscription.options);
  return {ReasonCode::success, is_new};
}

bool Space::unsubscribe(Client& client, std::string_view filter) {
  const auto found = client.subscriptions().find(filter);
  if (found == client.subscriptions().end()) return false;
  index_.remove(*parse_topic_filter(filter), client);
  client.subscriptions().erase(found);
  return true;
}

void Space::keep_subscriptions(const Client& client) {
  if (client.is_stored()) stored_.keep(client.row());
}

void Space::send_retained(Client& client, const mqtt::Subscription& subscription) {
  if (!is_topic_name(subscription.filter)) return;
  auto retained = retained_.find(subscription.filter, runtime_.clock.now_ms());
  if (!retained) return;
  const std::uint8_t qos = std::min(retained->message.qos, subscription.options.qos);
  const auto outgoing = std::make_shared<const Outgoing>(
      std::move(retained->message), next_packet_id(), retained->stored_ms, memory_);
  if (!client.deliver(outgoing, qos, true)) cut_off(client);
}

void Space::publish(mqtt::Message message, const Client* publisher) {
  if (is_basic_ingest_topic(message.topic)) {
    runtime_.log.debug("iot: no rule takes " + core::json_quote(message.topic));
    return;
  }
  const std::int64_t now_ms = runtime_.clock.now_ms();
  if (message.retain) retained_.keep(message, now_ms);

  const std::vector<SubscriptionIndex::Match> matches = index_.match(message.topic);
  const auto outgoing =
      std::make_shared<const Outgoing>(std::move(message), next_packet_id(), now_ms, memory_);
  std::vector<Client*> too_slow;
  for (const auto& match : matches) {
    if (match.client == publisher && match.options.no_local) continue;
    const std::uint8_t qos = std::min(outgoing->message().qos, match.options.qos);
    const bool retain = outgoing->message().retain && match.options.retain_as_published;
    if (!match.client->deliver(outgoing, qos, retain)) too_slow.push_back(match.client);
  }
  // Only now: each that goes is taken out of what was iterated.
  for (Client* client : too_slow) cut_off(*client);
  relieve_();
}

// A client may be cut off in the middle of another message's fan-out, and its will or the news of
// its end must not be published from there.
void Space::publish_later(mqtt::Message message) {
  runtime_.turn.defer([space = shared_from_this(), message = std::move(message)] {
    space->publish(message, nullptr);
  });
}

Client* Space::slowest() const {
  Client* slowest = nullptr;
  std::size_t most = limits::least_unsent_bytes_to_be_slow;
  for (const auto& [id, client] : clients_) {
    if (!client->link()) continue;
    const std::size_t unsent = client->unsent_bytes();
    if (unsent < most) continue;
    most = unsent;
    slowest = client.get();
  }
  return slowest;
}

void Space::cut_off(Client& client) {
  runtime_.log.warn("iot: client " + core::json_quote(client.id()) +
                    " is too slow and was disconnected");
  // Without a DISCONNECT: it would only wait behind what is unsent.
  client.link()->session->end(EndReason::server_initiated, std::nullopt);
}

std::uint16_t Space::next_packet_id() {
  if (++last_packet_id_ == 0) ++last_packet_id_;
  return last_packet_id_;
}

}  // namespace votemu::iot
