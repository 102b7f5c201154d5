// How the database is opened.
#include "core/store_database.h"

#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "core/keys.h"
#include "core/log.h"
#include "core/store_log.h"

namespace votemu::core {
namespace {

// Small memtables keep idle memory low and the replay after a kill short.
constexpr std::size_t write_buffer_bytes = std::size_t{3} << 20;
constexpr std::size_t block_cache_bytes = std::size_t{8} << 20;
constexpr double filter_bits_per_key = 10;
// Files of like size are merged when there are so many: what lies in the store for long, a million
// waiting messages, is not written anew for each few that come. Their filters make it cheap to look
// into several.
constexpr int max_unmerged_files = 8;

// RocksDB's own log file would only repeat what votemu says on stderr.
class SilentLogger final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

rocksdb::Options database_options(rocksdb::Env* env) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(block_cache_bytes, 0);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(filter_bits_per_key));
  rocksdb::Options options;
  options.create_if_missing = true;
  options.env = env;
  options.info_log = std::make_shared<SilentLogger>();
  options.write_buffer_size = write_buffer_bytes;
  options.max_write_buffer_number = 2;
  options.compaction_style = rocksdb::kCompactionStyleUniversal;
  options.level0_file_num_compaction_trigger = max_unmerged_files;
  // One thread writes, and most tables grow or shrink at one place: the next row of a table is
  // looked for from where its last one went.
  options.allow_concurrent_memtable_write = false;
  options.memtable_insert_with_hint_prefix_extractor.reset(
      rocksdb::NewFixedPrefixTransform(sizeof(Table)));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // A record that was cut off at the log's end was never acknowledged and may go. Other damage is
  // reported: verified() decides.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  // Each change of which files there are is told in a new manifest, which counts once all of it is
  // on the disk. One that is added to can be torn by a power cut, and RocksDB refuses it then.
  options.max_manifest_file_size = 1;
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

// RocksDB begins new files and removes old ones as it opens, also when it fails later on: what it
// would refuse is found beforehand, without writing.
rocksdb::Status verify(rocksdb::Options options, const std::string& path) {
  if (!options.env->FileExists(path + "/CURRENT").ok()) return rocksdb::Status::OK();
  options.create_if_missing = false;
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::OpenForReadOnly(options, path, &opened);
  if (!status.ok()) return status;
  const std::unique_ptr<rocksdb::DB> db(opened);
  std::uint64_t table_bytes = 0;
  db->GetIntProperty(rocksdb::DB::Properties::kTotalSstFilesSize, &table_bytes);
  return table_bytes <= max_bytes_verified_at_start ? db->VerifyChecksum() : status;
}

// With --durability disk each commit is on the disk before the next begins: only the last one can
// be torn, and it was never acknowledged.
bool only_last_commit_is_torn(rocksdb::Env& env, const std::string& path) {
  std::vector<std::string> files;
  static_cast<void>(env.GetChildren(path, &files));
  std::erase_if(files, [](const auto& file) { return !file.ends_with(".log"); });
  std::sort(files.begin(), files.end(), std::greater());  // numbers of one length
  for (const auto& file : files) {
    std::string log;
    if (!rocksdb::ReadFileToString(&env, path + "/" + file, &log).ok()) return false;
    if (has_commits(log)) return end_of_log(log) == LogEnd::torn;
  }
  return false;
}

// A process that wrote nothing leaves an empty log behind, which only a flush lets RocksDB remove.
void drop_empty_logs(rocksdb::DB& db, const std::string& path) {
  std::vector<std::string> files;
  static_cast<void>(db.GetEnv()->GetChildren(path, &files));
  const auto logs = std::count_if(files.begin(), files.end(),
                                  [](const auto& file) { return file.ends_with(".log"); });
  if (logs <= max_logs_at_start) return;
  static_cast<void>(db.Delete(rocksdb::WriteOptions(), rocksdb::Slice()));
  static_cast<void>(db.Flush(rocksdb::FlushOptions()));
}

[[noreturn]] void fail(const StoreOptions& options, const std::string& why) {
  throw StoreError("data directory " + options.data_directory + ": " + why);
}

// RocksDB's own words, after what they mean where that is not plain. It passes on as text what
// failed a flush or a merge.
std::string reason(const rocksdb::Status& status) {
  const auto words = status.ToString();
  const bool full = status.IsNoSpace() || words.find(std::strerror(ENOSPC)) != std::string::npos;
  if (!full) return words;
  return "no room is left on its device; votemu can be started again once there is (" + words + ")";
}

constexpr auto lost_with_power =
    "the end of its log is damaged, as it is after a power cut, which --durability os does not "
    "survive whole: it is taken up as it was before the damage";
constexpr auto damaged_log =
    "; if it is the log that is damaged, --durability os takes up what was committed before that";

}  // namespace

void check(const rocksdb::Status& status) {
  if (!status.ok()) throw StoreError("store: " + status.ToString());
}

StoreError Store::Database::commit_failed(const rocksdb::Status& status) const {
  return StoreError("data directory " + path_ +
                    ": a commit failed, and nobody was answered for it; all that was answered "
                    "before is kept: " +
                    reason(status));
}

Store::Database::Database(const StoreOptions& options) : path_(options.data_directory) {
  if (options.durability == Durability::memory) {
    own_env.reset(rocksdb::NewMemEnv(rocksdb::Env::Default()));
    write_options.disableWAL = true;
    open(database_options(own_env.get()), "/votemu", options);
    return;
  }
  directory = std::make_unique<DataDirectory>(options.data_directory, format_version);
  write_options.sync = options.durability == Durability::disk;
  if (options.file_system) own_env = rocksdb::NewCompositeEnv(options.file_system);
  const auto files = directory->file("store");
  auto* env = own_env ? own_env.get() : rocksdb::Env::Default();
  const auto opening = verified(database_options(env), files, options);
  directory->raise_format();
  directory->keep_private("store");
  open(opening, files, options);
  directory->sync();
  drop_empty_logs(*db, files);
}

// How it is to be opened, found without changing anything.
rocksdb::Options Store::Database::verified(rocksdb::Options opening, const std::string& files,
                                           const StoreOptions& options) {
  const auto status = verify(opening, files);
  if (status.ok()) return opening;
  if (!status.IsCorruption()) fail(options, reason(status));
  const bool disk = options.durability == Durability::disk;
  opening.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  const bool may_end_early = !disk || only_last_commit_is_torn(*opening.env, files);
  if (!may_end_early || !verify(opening, files).ok())
    fail(options, status.ToString() + (disk ? damaged_log : ""));
  if (!disk) Log().warn("data directory " + options.data_directory + ": " + lost_with_power);
  return opening;
}

void Store::Database::open(const rocksdb::Options& opening, const std::string& files,
                           const StoreOptions& options) {
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::Open(opening, files, &opened);
  if (!status.ok()) fail(options, reason(status));
  db.reset(opened);
}

}  // namespace votemu::core
