#include "services/iot/space.h"

#include <algorithm>

#include "core/json.h"
#include "services/iot/limits.h"

namespace votemu::iot {

using mqtt::EndReason;
using mqtt::ReasonCode;

Space::Opened Space::open(const mqtt::Connect& connect, const Link& link) {
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
    client = std::make_unique<Client>(connect.client_id, ++last_serial_, runtime_.clock);
  }
  client->attach(link);
  ++connected_;
  return {*client, has_state};
}

void Space::leave(Client& client, const mqtt::Ending& ending) {
  client.detach();
  --connected_;
  if (ending.session_expiry_s == 0) {
    if (ending.will) publish_will(*ending.will);
    forget(client);
  } else {
    keep_while_away(client, ending);
  }
}

void Space::keep_while_away(Client& client, const mqtt::Ending& ending) {
  const std::int64_t expiry_ms = std::int64_t{ending.session_expiry_s} * 1'000;
  Client::Absence& absence = client.absence.emplace();
  absence.since_ms = runtime_.clock.steady_ms();
  absence.forget = runtime_.timers.after(expiry_ms, [this, &client] { forget(client); });
  if (ending.will && ending.will->delay_s == 0) {
    publish_will(*ending.will);
  } else if (ending.will) {
    absence.will = ending.will;
    const std::int64_t delay_ms = std::int64_t{ending.will->delay_s} * 1'000;
    absence.publish_will = runtime_.timers.after(delay_ms, [this, &client] {
      publish_will(*client.absence->will);
      client.absence->will.reset();
    });
  }
  if (clients_.size() - connected_ > limits::max_sessions_away) forget_longest_away();
}

void Space::forget(Client& client) {
  if (client.absence && client.absence->will) publish_will(*client.absence->will);
  for (const auto& [filter, options] : client.subscriptions()) {
    index_.remove(*parse_topic_filter(filter), client);
  }
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

// At the end of the turn: a client may be cut off in the middle of another message's fan-out.
void Space::publish_will(mqtt::Will will) {
  runtime_.turn.defer([space = shared_from_this(), message = std::move(will.message)] {
    space->publish(message, nullptr);
  });
}

Space::Subscribed Space::subscribe(Client& client, const mqtt::Subscription& subscription) {
  Client::Subscriptions& subscriptions = client.subscriptions();
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

void Space::send_retained(Client& client, const mqtt::Subscription& subscription) {
  if (!is_topic_name(subscription.filter)) return;
  auto retained = retained_.find(subscription.filter, runtime_.clock.now_ms());
  if (!retained) return;
  const std::uint8_t qos = std::min(retained->message.qos, subscription.options.qos);
  const auto outgoing = std::make_shared<const Outgoing>(std::move(retained->message),
                                                         next_packet_id(), retained->stored_ms);
  if (!client.deliver(outgoing, qos, true)) cut_off(client);
}

void Space::publish(mqtt::Message message, const Client* publisher) {
  const std::int64_t now_ms = runtime_.clock.now_ms();
  if (message.retain) retained_.keep(message, now_ms);

  const std::vector<SubscriptionIndex::Match> matches = index_.match(message.topic);
  const auto outgoing =
      std::make_shared<const Outgoing>(std::move(message), next_packet_id(), now_ms);
  std::vector<Client*> too_slow;
  for (const auto& match : matches) {
    if (match.client == publisher && match.options.no_local) continue;
    const std::uint8_t qos = std::min(outgoing->message().qos, match.options.qos);
    const bool retain = outgoing->message().retain && match.options.retain_as_published;
    if (!match.client->deliver(outgoing, qos, retain)) too_slow.push_back(match.client);
  }
  // Only now: each that goes is taken out of what was iterated.
  for (Client* client : too_slow) cut_off(*client);
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
