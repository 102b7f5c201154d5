#include "core/store.h"

#include <rocksdb/snapshot.h>

#include <utility>
#include <vector>

#include "core/store_database.h"

namespace votemu::core {

Store::Store(const StoreOptions& options) : database_(std::make_unique<Database>(options)) {}

Store::~Store() = default;

std::optional<std::string> Store::get(std::string_view key) const {
  if (const auto* row = database_->staged.find(key)) return row->value;
  std::string value;
  const auto status = database_->db->Get(rocksdb::ReadOptions(), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  check(status);
  return value;
}

void Store::put(std::string_view key, std::string_view value) {
  database_->staged.put(key, value);
}

void Store::put_new(std::string_view key, std::string_view value) {
  database_->staged.put_new(key, value);
}

void Store::erase(std::string_view key) {
  database_->staged.erase(key);
}

void Store::erase_prefix(std::string_view prefix) {
  std::vector<std::string> keys;
  for (auto row = scan(prefix); row.valid(); row.next()) keys.emplace_back(row.key());
  for (const auto& key : keys) erase(key);
}

struct Store::Snapshot::State {
  rocksdb::ManagedSnapshot snapshot;
  rocksdb::DB& db;
};

Store::Snapshot::Snapshot(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::Snapshot::~Snapshot() = default;

std::optional<std::string> Store::Snapshot::get(std::string_view key) const {
  rocksdb::ReadOptions options;
  options.snapshot = state_->snapshot.snapshot();
  std::string value;
  const auto status = state_->db.Get(options, slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  check(status);
  return value;
}

std::unique_ptr<Store::Snapshot> Store::snapshot() const {
  rocksdb::DB& db = *database_->db;
  return std::unique_ptr<Snapshot>(new Snapshot(
      std::unique_ptr<Snapshot::State>(new Snapshot::State{rocksdb::ManagedSnapshot(&db), db})));
}

void Store::set_savepoint() {
  database_->staged.set_savepoint();
}

void Store::rollback_to_savepoint() {
  ++rollback_count_;
  database_->staged.rollback_to_savepoint();
}

void Store::pop_savepoint() {
  database_->staged.pop_savepoint();
}

void Store::commit() {
  auto& staged = database_->staged;
  auto& batch = database_->batch;
  for (const auto& [key, row] : staged.rows()) {
    if (row.changes_nothing()) continue;
    check(row.value ? batch.Put(key, *row.value) : batch.Delete(key));
  }
  staged.clear();
  if (batch.Count() == 0) return;
  const auto status = database_->db->Write(database_->write_options, &batch);
  if (!status.ok()) throw database_->commit_failed(status);
  batch.Clear();
  ++commit_count_;
}

void Store::flush() {
  if (database_->directory) static_cast<void>(database_->db->Flush(rocksdb::FlushOptions()));
}

}  // namespace votemu::core
