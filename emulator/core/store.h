// The one store: ordered rows on RocksDB, behind the current turn's batch.
//
// Reads see what this turn has written; nothing is on disk before commit(). One process owns a data
// directory at a time. Layout of a data directory: `format` (the version of what is in it), `lock`,
// `store/` (RocksDB's files).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace rocksdb {
class FileSystem;
}

namespace votemu::core {

// os: survives the death of the process. disk: one fsync per turn, survives power loss.
// memory: nothing is written anywhere.
enum class Durability { os, disk, memory };

struct StoreOptions {
  std::string data_directory;  // ignored for Durability::memory
  Durability durability = Durability::os;
  // Where the store's files are kept instead of the machine's file system; tests lose and fail
  // writes there. `format` and `lock` stay in the data directory.
  std::shared_ptr<rocksdb::FileSystem> file_system = nullptr;
};

// The data directory cannot be used, or a commit failed. One line for the person who started
// votemu.
class StoreError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Store {
 public:
  static constexpr int format_version = 2;  // 1 is read too

  // Throws StoreError when the directory is in use, cannot be written, was written by a newer
  // votemu or is corrupt; nothing in it has been changed then. (In a store of more than some 16 MiB
  // a damaged row is found when it is read.)
  explicit Store(const StoreOptions& options);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  std::optional<std::string> get(std::string_view key) const;
  void put(std::string_view key, std::string_view value);
  // The same where no row has this key. When such a row is erased in the turn that made it, the
  // database never hears of it.
  void put_new(std::string_view key, std::string_view value);
  void erase(std::string_view key);
  void erase_prefix(std::string_view prefix);

  // Walks the rows whose keys begin with a prefix. Do not write to the store while one is open.
  class Cursor {
   public:
    Cursor(Cursor&&) noexcept;
    Cursor& operator=(Cursor&&) noexcept;
    ~Cursor();
    bool valid() const;
    std::string_view key() const;    // until next()
    std::string_view value() const;  // until next()
    void next();

   private:
    friend class Store;
    struct State;
    explicit Cursor(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
  };

  Cursor scan(std::string_view prefix) const;
  // Ascending from the first key that is not less than `from`.
  Cursor scan_from(std::string_view prefix, std::string_view from) const;
  // Descending: from the prefix's last key, or from the last key that is not greater than `from`.
  Cursor scan_back(std::string_view prefix, std::optional<std::string_view> from = {}) const;

  // What was committed when it was made, whatever is committed later. Keeping one keeps what was
  // overwritten since.
  class Snapshot {
   public:
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    std::optional<std::string> get(std::string_view key) const;

   private:
    friend class Store;
    struct State;
    explicit Snapshot(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
  };
  // Must not outlive the store.
  std::unique_ptr<Snapshot> snapshot() const;

  // Runs `change`; if it throws, what it wrote is taken back and the exception goes on. May nest.
  template <class Change>
  auto atomically(Change&& change) {
    Savepoint savepoint(*this);
    if constexpr (std::is_void_v<decltype(change())>) {
      change();
      savepoint.keep();
    } else {
      auto result = change();
      savepoint.keep();
      return result;
    }
  }

  // Everything written since the last commit, in one batch. Throws StoreError when it did not reach
  // the durability asked for: the process must end then, it cannot know what is on disk.
  void commit();

  // Flushes memory to tables so that the next start need not replay the log. For a clean stop.
  void flush();

  std::uint64_t commit_count() const { return commit_count_; }
  // Whoever keeps in memory what it wrote knows by these that it may have been taken back.
  std::uint64_t rollback_count() const { return rollback_count_; }

 private:
  class Savepoint {
   public:
    explicit Savepoint(Store& store) : store_(store) { store_.set_savepoint(); }
    ~Savepoint() {
      if (!kept_) store_.rollback_to_savepoint();
    }
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    void keep() {
      kept_ = true;
      store_.pop_savepoint();
    }

   private:
    Store& store_;
    bool kept_ = false;
  };

  void set_savepoint();
  void rollback_to_savepoint();
  void pop_savepoint();

  struct Database;
  std::unique_ptr<Database> database_;
  std::uint64_t commit_count_ = 0;
  std::uint64_t rollback_count_ = 0;
};

}  // namespace votemu::core
