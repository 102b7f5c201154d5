#include "services/cognito/identities.h"

#include "core/keys.h"
#include "services/cognito/limits.h"
#include "services/cognito/rules.h"

namespace votemu::cognito {
namespace {

using core::Json;
using core::Key;
using core::Table;

Key identity_key(std::string_view id) {
  return std::move(Key(Table::cognito_identity).text(id));
}

Key order_of(std::string_view pool_id) {
  return std::move(Key(Table::cognito_identity_order).text(pool_id));
}

Key order_key(std::string_view pool_id, std::uint64_t number) {
  return std::move(order_of(pool_id).number(number));
}

std::uint64_t number_of(std::string_view order_key) {
  core::KeyReader reader(order_key);
  reader.text();
  return reader.number();
}

}  // namespace

std::optional<Identity> Identities::find(std::string_view id) const {
  const auto text = store_.get(identity_key(id));
  if (!text) return std::nullopt;
  const Json row = core::parse_own_json(*text);
  return Identity{std::string(id), row.at("pool").get<std::string>(),
                  row.at("number").get<std::uint64_t>(), row.at("created").get<std::int64_t>()};
}

Identity Identities::existing(std::string_view id) const {
  auto identity = find(id);
  if (!identity) throw not_found("Identity '" + std::string(id) + "' not found.");
  return std::move(*identity);
}

void Identities::add(std::string id, const std::string& pool_id, std::int64_t now_ms) {
  const std::uint64_t number = last_number(pool_id) + 1;
  if (number > most_) {
    if (const auto oldest = store_.get(order_key(pool_id, number - most_))) {
      if (const auto forgotten = find(*oldest)) erase(*forgotten);
    }
  }
  const Json row{{"pool", pool_id}, {"number", number}, {"created", now_ms}};
  store_.put(identity_key(id), core::dump_json(row));
  store_.put(order_key(pool_id, number), id);
}

std::uint64_t Identities::last_number(std::string_view pool_id) const {
  const auto last = store_.scan_back(order_of(pool_id));
  return last.valid() ? number_of(last.key()) : 0;
}

void Identities::erase(const Identity& identity) {
  store_.erase(identity_key(identity.id));
  store_.erase(order_key(identity.pool_id, identity.number));
}

void Identities::erase_all(std::string_view pool_id) {
  constexpr std::size_t at_once = 1'000;
  for (auto some = page(pool_id, 0, at_once); !some.empty(); some = page(pool_id, 0, at_once)) {
    for (const auto& identity : some) erase(identity);
  }
}

std::vector<Identity> Identities::page(std::string_view pool_id, std::uint64_t after,
                                       std::size_t limit) const {
  std::vector<std::string> ids;
  auto row = store_.scan_from(order_of(pool_id), order_key(pool_id, after + 1));
  for (; row.valid() && ids.size() < limit; row.next()) ids.emplace_back(row.value());
  std::vector<Identity> identities;
  for (const auto& id : ids) {
    if (auto identity = find(id)) identities.push_back(std::move(*identity));
  }
  return identities;
}

}  // namespace votemu::cognito
