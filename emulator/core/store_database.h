// What the store's parts share: the opened RocksDB database and the turn's changes to it.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/write_batch.h>

#include <memory>
#include <string>
#include <string_view>

#include "core/data_directory.h"
#include "core/staged_rows.h"
#include "core/store.h"

namespace votemu::core {

inline rocksdb::Slice slice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}
inline std::string_view view(const rocksdb::Slice& bytes) {
  return {bytes.data(), bytes.size()};
}

// Throws StoreError when the status is not OK.
void check(const rocksdb::Status& status);

struct Store::Database {
  explicit Database(const StoreOptions& options);

  std::unique_ptr<DataDirectory> directory;
  std::unique_ptr<rocksdb::Env> own_env;  // of a store in memory or on a file system of its own
  std::unique_ptr<rocksdb::DB> db;
  rocksdb::WriteOptions write_options;
  StagedRows staged;
  rocksdb::WriteBatch batch;  // empty between commits; kept for its memory

  // What ends the process then: one line for the person who started it.
  StoreError commit_failed(const rocksdb::Status& status) const;

 private:
  rocksdb::Options verified(rocksdb::Options opening, const std::string& files,
                            const StoreOptions& options);
  void open(const rocksdb::Options& opening, const std::string& files, const StoreOptions& options);

  std::string path_;
};

}  // namespace votemu::core
