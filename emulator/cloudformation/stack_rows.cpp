#include "cloudformation/stack_rows.h"

#include <string>
#include <vector>

#include "cloudformation/change_set.h"
#include "cloudformation/events.h"
#include "cloudformation/limits.h"
#include "cloudformation/stack_name.h"
#include "core/keys.h"

namespace votemu::cloudformation {
namespace {

std::string live_key(const core::Scope& scope, std::string_view name) {
  return core::Key(core::Table::cloudformation_stack, scope).text(name).bytes();
}

std::string buried_prefix(const core::Scope& scope) {
  return core::Key(core::Table::cloudformation_deleted_stack, scope).bytes();
}

std::string buried_key(const core::Scope& scope, const StackRecord& record) {
  return core::Key(core::Table::cloudformation_deleted_stack, scope)
      .number(static_cast<std::uint64_t>(record.deleted_ms))
      .text(record.id)
      .bytes();
}

std::string id_of_buried(std::string_view key) {
  core::KeyReader reader(key);
  reader.text();
  reader.text();
  reader.number();
  return reader.text();
}

StackRecord parse(std::string_view row, std::string_view name) {
  try {
    return stack_from_json(core::parse_own_json(row));
  } catch (const Json::exception&) {
    throw core::StoreError("store: the row of stack " + std::string(name) + " is corrupt");
  }
}

std::optional<StackRecord> load_live(const core::Store& store, const core::Scope& scope,
                                     std::string_view name) {
  const auto row = store.get(live_key(scope, name));
  if (!row) return std::nullopt;
  return parse(*row, name);
}

std::optional<StackRecord> load_buried(const core::Store& store, const core::Scope& scope,
                                       std::string_view id) {
  for (auto row = store.scan_back(buried_prefix(scope)); row.valid(); row.next()) {
    if (id_of_buried(row.key()) == id) return parse(row.value(), id);
  }
  return std::nullopt;
}

}  // namespace

std::optional<StackRecord> load_stack(const core::Store& store, const core::Scope& scope,
                                      std::string_view name_or_id) {
  if (!name_or_id.starts_with("arn:")) return load_live(store, scope, name_or_id);
  auto live = load_live(store, scope, name_in_stack_id(name_or_id));
  if (live && live->id == name_or_id) return live;
  return load_buried(store, scope, name_or_id);
}

void save_stack(core::Store& store, const core::Scope& scope, const StackRecord& record) {
  store.put(live_key(scope, record.name), core::dump_json(stack_to_json(record)));
}

void bury_stack(core::Store& store, const core::Scope& scope, const StackRecord& record) {
  store.erase(live_key(scope, record.name));
  store.put(buried_key(scope, record), core::dump_json(stack_to_json(record)));
  erase_change_sets(store, scope, record.id);
  std::vector<std::string> keys;
  for (auto row = store.scan_back(buried_prefix(scope)); row.valid(); row.next()) {
    keys.emplace_back(row.key());
  }
  for (std::size_t i = limits::max_deleted_stacks; i < keys.size(); ++i) {
    erase_events(store, scope, id_of_buried(keys[i]));
    store.erase(keys[i]);
  }
}

std::size_t count_stacks(const core::Store& store, const core::Scope& scope) {
  const core::Key live(core::Table::cloudformation_stack, scope);
  std::size_t count = 0;
  for (auto row = store.scan(live); row.valid(); row.next()) ++count;
  return count;
}

void for_each_stack(const core::Store& store, const core::Scope& scope, bool with_deleted,
                    const std::function<void(const StackRecord&)>& visit) {
  const core::Key live(core::Table::cloudformation_stack, scope);
  for (auto row = store.scan(live); row.valid(); row.next()) visit(parse(row.value(), row.key()));
  if (!with_deleted) return;
  for (auto row = store.scan_back(buried_prefix(scope)); row.valid(); row.next()) {
    visit(parse(row.value(), row.key()));
  }
}

}  // namespace votemu::cloudformation
