#include "services/iot/stored_sessions.h"

#include <algorithm>
#include <utility>

#include "services/iot/limits.h"
#include "services/iot/message_row.h"
#include "services/iot/session_row.h"

namespace votemu::iot {
namespace {

struct Place {
  std::uint64_t content;
  std::uint16_t packet_id;
  bool retain;
};

std::string encode_place(const Place& place) {
  mqtt::Writer row;
  row.eight_bytes(place.content).two_bytes(place.packet_id).byte(place.retain ? 1 : 0);
  return row.take();
}

Place decode_place(std::string_view row) {
  mqtt::Reader reader(row);
  Place place{};
  place.content = reader.eight_bytes();
  place.packet_id = reader.two_bytes();
  place.retain = reader.byte() != 0;
  return place;
}

void skip_scope(core::KeyReader& key) {
  key.text();
  key.text();
}

}  // namespace

std::vector<core::Scope> StoredSessions::scopes(const core::Store& store) {
  std::vector<core::Scope> found;
  const core::Key all(core::Table::iot_session);
  for (auto row = store.scan(all); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    core::Scope scope;
    scope.account = key.text();
    scope.region = key.text();
    if (found.empty() || found.back() != scope) found.push_back(std::move(scope));
  }
  return found;
}

core::Key StoredSessions::session_key(std::string_view client_id) const {
  return core::Key(core::Table::iot_session, scope_).text(client_id);
}

core::Key StoredSessions::messages_prefix(std::string_view client_id) const {
  return core::Key(core::Table::iot_session_message, scope_).text(client_id);
}

core::Key StoredSessions::content_key(std::uint64_t number) const {
  return core::Key(core::Table::iot_message, scope_).number(number);
}

void StoredSessions::keep(const StoredSession& session) {
  store_.put(session_key(session.client_id), encode_session_row(session));
}

void StoredSessions::forget(std::string_view client_id) {
  store_.erase(session_key(client_id));
}

// nullptr when there is no room for one more.
StoredSessions::Content* StoredSessions::content_of(const Outgoing& outgoing) {
  const auto found = contents_.find(&outgoing);
  if (found != contents_.end()) return &found->second;
  if (content_bytes_ + outgoing.cost() > limits::max_stored_message_bytes) return nullptr;
  content_bytes_ += outgoing.cost();
  Content& content = contents_[&outgoing];
  content.number = ++last_number_;
  store_.put(content_key(content.number),
             encode_message_row(outgoing.message(), outgoing.published_ms()));
  return &content;
}

void StoredSessions::keep_message(std::string_view client_id, Pending& message) {
  Content* content = content_of(*message.outgoing);
  if (content == nullptr) return;
  if (message.sequence == 0) {
    message.sequence = ++last_number_;
    ++content->uses;
  }
  store_.put(messages_prefix(client_id).number(message.sequence),
             encode_place({content->number, message.packet_id, message.retain}));
}

void StoredSessions::remove_message(std::string_view client_id, Pending& message) {
  if (message.sequence == 0) return;
  store_.erase(messages_prefix(client_id).number(std::exchange(message.sequence, 0)));
  const auto content = contents_.find(message.outgoing.get());
  if (--content->second.uses > 0) return;
  store_.erase(content_key(content->second.number));
  content_bytes_ -= message.outgoing->cost();
  contents_.erase(content);
}

std::vector<StoredSessions::Restored> StoredSessions::restore() {
  std::vector<Restored> sessions;
  const core::Key all(core::Table::iot_session, scope_);
  for (auto row = store_.scan(all); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    skip_scope(key);
    sessions.push_back({decode_session_row(key.text(), row.value()), {}});
  }
  restore_messages(sessions);
  restored_.clear();
  return sessions;
}

// All at once: to look for each session's alone would pass, again and again, over what the store
// still holds of messages that were removed.
void StoredSessions::restore_messages(std::vector<Restored>& sessions) {
  std::map<std::string_view, Restored*> by_client;
  for (Restored& restored : sessions) by_client[restored.session.client_id] = &restored;
  const core::Key all(core::Table::iot_session_message, scope_);
  for (auto row = store_.scan(all); row.valid(); row.next()) {
    core::KeyReader key(row.key());
    skip_scope(key);
    const auto session = by_client.find(key.text());
    if (session == by_client.end()) continue;
    const std::uint64_t sequence = key.number();
    const Place place = decode_place(row.value());
    last_number_ = std::max(last_number_, sequence);
    auto outgoing = restore_content(place.content);
    if (outgoing == nullptr) continue;
    session->second->messages.push_back(
        {std::move(outgoing), place.retain, place.packet_id, sequence});
  }
}

// nullptr when it is not there, as in a store that was damaged.
std::shared_ptr<const Outgoing> StoredSessions::restore_content(std::uint64_t number) {
  std::shared_ptr<const Outgoing>& outgoing = restored_[number];
  if (!outgoing) {
    const auto row = store_.get(content_key(number));
    if (!row) return nullptr;
    MessageRow content = decode_message_row(*row);
    constexpr std::uint16_t no_preferred_id = 0;
    outgoing = std::make_shared<const Outgoing>(std::move(content.message), no_preferred_id,
                                                content.stored_ms, memory_);
    contents_[outgoing.get()].number = number;
    content_bytes_ += outgoing->cost();
    last_number_ = std::max(last_number_, number);
  }
  ++contents_[outgoing.get()].uses;
  return outgoing;
}

}  // namespace votemu::iot
