// What can be told of RocksDB's log (its write-ahead log) after a machine lost power while it was
// being written: https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format
#pragma once

#include <string_view>

namespace votemu::core {

enum class LogEnd {
  whole,    // every record is sound; the last one may be cut off
  torn,     // nothing that was written after the first record that is not sound is left
  damaged,  // a later commit is: the one that is not sound was finished when that began
};

// Of a log's bytes.
LogEnd end_of_log(std::string_view log);

// Whether there is more in a log than the commit of nothing with which RocksDB begins the one that
// follows a torn one.
bool has_commits(std::string_view log);

}  // namespace votemu::core
