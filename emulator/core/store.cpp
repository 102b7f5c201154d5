#include "core/store.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/snapshot.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/write_batch_with_index.h>

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "core/data_directory.h"

namespace votemu::core {
namespace {

// Small memtables keep idle memory low and the replay after a kill short.
constexpr std::size_t write_buffer_bytes = std::size_t{4} << 20;
constexpr std::size_t block_cache_bytes = std::size_t{8} << 20;

rocksdb::Slice slice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}
std::string_view view(const rocksdb::Slice& bytes) {
  return {bytes.data(), bytes.size()};
}

// RocksDB's own log file would only repeat what votemu says on stderr.
class SilentLogger final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::Options database_options(rocksdb::Env* env) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(block_cache_bytes, 0);
  rocksdb::Options options;
  options.create_if_missing = true;
  options.env = env;
  options.info_log = std::make_shared<SilentLogger>();
  options.write_buffer_size = write_buffer_bytes;
  options.max_write_buffer_number = 3;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // A record that was cut off at the log's end was never acknowledged and may go; damage anywhere
  // else is reported instead of silently dropping what follows it.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.stats_dump_period_sec = 0;
  options.stats_persist_period_sec = 0;
  options.max_open_files = 256;
  options.max_file_opening_threads = 1;
  return options;
}

// Tables up to this size altogether are read through at the start; in larger stores damage is found
// when a row is read.
constexpr std::uint64_t max_bytes_verified_at_start = std::uint64_t{16} << 20;
constexpr std::ptrdiff_t max_logs_at_start = 8;

void check(const rocksdb::Status& status) {
  if (!status.ok()) throw StoreError("store: " + status.ToString());
}

// The least key that is greater than every key with this prefix; empty when there is none.
std::string after_prefix(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) ++end.back();
  return end;
}

// RocksDB begins new files and removes old ones as it opens, also when it fails later on: what it
// would refuse is found beforehand, without writing.
rocksdb::Status verify(rocksdb::Options options, const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path + "/CURRENT", error)) return rocksdb::Status::OK();
  options.create_if_missing = false;
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::OpenForReadOnly(options, path, &opened);
  if (!status.ok()) return status;
  const std::unique_ptr<rocksdb::DB> db(opened);
  std::uint64_t table_bytes = 0;
  db->GetIntProperty(rocksdb::DB::Properties::kTotalSstFilesSize, &table_bytes);
  return table_bytes <= max_bytes_verified_at_start ? db->VerifyChecksum() : status;
}

// A process that wrote nothing leaves an empty log behind, which only a flush lets RocksDB remove.
void drop_empty_logs(rocksdb::DB& db, const std::string& path) {
  const auto files = std::filesystem::directory_iterator(path);
  const auto logs = std::count_if(
      begin(files), end(files), [](const auto& file) { return file.path().extension() == ".log"; });
  if (logs <= max_logs_at_start) return;
  static_cast<void>(db.Delete(rocksdb::WriteOptions(), rocksdb::Slice()));
  static_cast<void>(db.Flush(rocksdb::FlushOptions()));
}

}  // namespace

struct Store::Database {
  std::unique_ptr<DataDirectory> directory;
  std::unique_ptr<rocksdb::Env> memory_env;
  std::unique_ptr<rocksdb::DB> db;
  rocksdb::WriteBatchWithIndex batch{rocksdb::BytewiseComparator(), 0, true};
  rocksdb::WriteOptions write_options;

  explicit Database(const StoreOptions& options) {
    std::string path = "/votemu";
    if (options.durability == Durability::memory) {
      memory_env.reset(rocksdb::NewMemEnv(rocksdb::Env::Default()));
      write_options.disableWAL = true;
    } else {
      directory = std::make_unique<DataDirectory>(options.data_directory, format_version);
      path = directory->file("store");
      write_options.sync = options.durability == Durability::disk;
    }
    const auto opening = database_options(memory_env ? memory_env.get() : rocksdb::Env::Default());
    rocksdb::DB* opened = nullptr;
    auto status = directory ? verify(opening, path) : rocksdb::Status::OK();
    if (status.ok()) status = rocksdb::DB::Open(opening, path, &opened);
    if (!status.ok()) {
      throw StoreError("data directory " + options.data_directory + ": " + status.ToString());
    }
    db.reset(opened);
    if (directory) drop_empty_logs(*db, path);
  }

  std::unique_ptr<rocksdb::Iterator> iterate() {
    return std::unique_ptr<rocksdb::Iterator>(
        batch.NewIteratorWithBase(db->NewIterator(rocksdb::ReadOptions())));
  }
};

Store::Store(const StoreOptions& options) : database_(std::make_unique<Database>(options)) {}

Store::~Store() = default;

std::optional<std::string> Store::get(std::string_view key) const {
  std::string value;
  const auto status = database_->batch.GetFromBatchAndDB(
      database_->db.get(), rocksdb::ReadOptions(), slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  check(status);
  return value;
}

void Store::put(std::string_view key, std::string_view value) {
  check(database_->batch.Put(slice(key), slice(value)));
}

void Store::erase(std::string_view key) {
  check(database_->batch.Delete(slice(key)));
}

void Store::erase_prefix(std::string_view prefix) {
  std::vector<std::string> keys;
  for (auto row = scan(prefix); row.valid(); row.next()) keys.emplace_back(row.key());
  for (const auto& key : keys) erase(key);
}

struct Store::Cursor::State {
  std::unique_ptr<rocksdb::Iterator> iterator;
  std::string prefix;
  bool ascending;
};

Store::Cursor::Cursor(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::Cursor::Cursor(Cursor&&) noexcept = default;
Store::Cursor& Store::Cursor::operator=(Cursor&&) noexcept = default;
Store::Cursor::~Cursor() = default;

bool Store::Cursor::valid() const {
  if (state_->iterator->Valid()) return state_->iterator->key().starts_with(state_->prefix);
  check(state_->iterator->status());
  return false;
}

std::string_view Store::Cursor::key() const {
  return view(state_->iterator->key());
}
std::string_view Store::Cursor::value() const {
  return view(state_->iterator->value());
}

void Store::Cursor::next() {
  if (state_->ascending) {
    state_->iterator->Next();
  } else {
    state_->iterator->Prev();
  }
}

Store::Cursor Store::scan(std::string_view prefix) const {
  return scan_from(prefix, prefix);
}

Store::Cursor Store::scan_from(std::string_view prefix, std::string_view from) const {
  auto state = std::make_unique<Cursor::State>();
  state->iterator = database_->iterate();
  state->prefix = prefix;
  state->ascending = true;
  state->iterator->Seek(slice(from < prefix ? prefix : from));
  return Cursor(std::move(state));
}

Store::Cursor Store::scan_back(std::string_view prefix,
                               std::optional<std::string_view> from) const {
  auto state = std::make_unique<Cursor::State>();
  state->iterator = database_->iterate();
  state->prefix = prefix;
  state->ascending = false;
  const std::string end = after_prefix(prefix);
  if (from && (end.empty() || *from < end)) {
    state->iterator->SeekForPrev(slice(*from));
  } else if (end.empty()) {
    state->iterator->SeekToLast();
  } else {
    state->iterator->SeekForPrev(slice(end));
    if (state->iterator->Valid() && view(state->iterator->key()) == end) state->iterator->Prev();
  }
  return Cursor(std::move(state));
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
  database_->batch.SetSavePoint();
}

void Store::rollback_to_savepoint() {
  static_cast<void>(database_->batch.RollbackToSavePoint());
}

void Store::pop_savepoint() {
  static_cast<void>(database_->batch.PopSavePoint());
}

void Store::commit() {
  auto* changes = database_->batch.GetWriteBatch();
  if (changes->Count() == 0) return;
  const auto status = database_->db->Write(database_->write_options, changes);
  if (!status.ok()) throw StoreError("commit failed: " + status.ToString());
  database_->batch.Clear();
  ++commit_count_;
}

void Store::flush() {
  if (!database_->memory_env) static_cast<void>(database_->db->Flush(rocksdb::FlushOptions()));
}

}  // namespace votemu::core
