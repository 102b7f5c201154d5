// A data directory's claim: made, locked, and of a format that this votemu reads.
#pragma once

#include <string>

namespace votemu::core {

// Holds the lock of a data directory for as long as it lives. Throws StoreError, having changed
// nothing in an existing directory, when the directory cannot be claimed.
class DataDirectory {
 public:
  DataDirectory(std::string path, int format_version);
  ~DataDirectory();
  DataDirectory(const DataDirectory&) = delete;
  DataDirectory& operator=(const DataDirectory&) = delete;

  std::string file(const std::string& name) const { return path_ + "/" + name; }

  // Makes the folder of that name, or the one that is there, its owner's alone: the data directory
  // itself may be somebody's who lets others look into it. Throws StoreError.
  void keep_private(const std::string& name) const;

  // Says in a directory of an older format that it has this one now, which older votemus do not
  // read. Before the first change to what is in it.
  void raise_format();

  // Makes sure that the directory itself and what was made directly in it are there after a power
  // cut, whichever process made them. Throws StoreError.
  void sync() const;

 private:
  void check_or_write_format();
  void write_format() const;

  std::string path_;
  int format_version_;
  bool of_older_format_ = false;
  int lock_descriptor_ = -1;
};

}  // namespace votemu::core
