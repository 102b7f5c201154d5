// A disk in memory, as a RocksDB file system, that dies, loses power and fails when it is told to.
//
// It knows of each file which bytes were synced, and of the directory which changes were: files
// that appeared, were renamed and went. What changes it (creating, appending, syncing, renaming,
// deleting) is counted; a fault is planned for the n-th change from now, so that the same plan
// meets the same change again.
#pragma once

#include <rocksdb/file_system.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/random.h"

namespace votemu::sim {

enum class Fault {
  death,        // the process ends within this change: part of it may be there, nothing follows
  error,        // this change fails with EIO, part of it may be there; the next ones work
  no_space,     // nothing more can be appended or created until make_room()
  lost_answer,  // it fails with EIO although all of it is there
};

struct FaultPlan {
  Fault fault = Fault::death;
  std::uint64_t after = 0;   // changes that still go well
  std::uint32_t kept = 500;  // of an append, thousandths of its bytes
};

class SimulatedDisk final : public rocksdb::FileSystem {
 public:
  // What is on it: bytes by path, all of them synced.
  struct Image {
    std::map<std::string, std::string> files;
    std::set<std::string> directories;
  };
  void load(const Image& image);
  Image image() const;

  // In place of what was planned before.
  void plan(const FaultPlan& plan);
  // Since the last start.
  bool fault_happened() const;
  bool is_full() const;

  // The process has ended: nothing changes any more.
  void die();
  bool is_dead() const;
  // The machine goes off: what was not synced is lost but for parts that `random` chooses.
  void lose_power(core::Random& random);
  // A process begins anew on what is there; the planned fault is forgotten and there is room.
  void restart();

  std::uint64_t changes() const;

  const char* Name() const override { return "SimulatedDisk"; }

  rocksdb::IOStatus NewSequentialFile(const std::string& name, const rocksdb::FileOptions&,
                                      std::unique_ptr<rocksdb::FSSequentialFile>* result,
                                      rocksdb::IODebugContext*) override;
  rocksdb::IOStatus NewRandomAccessFile(const std::string& name, const rocksdb::FileOptions&,
                                        std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                                        rocksdb::IODebugContext*) override;
  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions&,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext*) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions&,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext*) override;
  rocksdb::IOStatus FileExists(const std::string& name, const rocksdb::IOOptions&,
                               rocksdb::IODebugContext*) override;
  rocksdb::IOStatus GetChildren(const std::string& directory, const rocksdb::IOOptions&,
                                std::vector<std::string>* result,
                                rocksdb::IODebugContext*) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions&,
                               rocksdb::IODebugContext*) override;
  rocksdb::IOStatus CreateDir(const std::string& name, const rocksdb::IOOptions&,
                              rocksdb::IODebugContext*) override;
  rocksdb::IOStatus CreateDirIfMissing(const std::string& name, const rocksdb::IOOptions&,
                                       rocksdb::IODebugContext*) override;
  rocksdb::IOStatus DeleteDir(const std::string& name, const rocksdb::IOOptions&,
                              rocksdb::IODebugContext*) override;
  rocksdb::IOStatus GetFileSize(const std::string& name, const rocksdb::IOOptions&,
                                std::uint64_t* size, rocksdb::IODebugContext*) override;
  rocksdb::IOStatus GetFileModificationTime(const std::string& name, const rocksdb::IOOptions&,
                                            std::uint64_t* time, rocksdb::IODebugContext*) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions&, rocksdb::IODebugContext*) override;
  rocksdb::IOStatus LockFile(const std::string& name, const rocksdb::IOOptions&,
                             rocksdb::FileLock** lock, rocksdb::IODebugContext*) override;
  rocksdb::IOStatus UnlockFile(rocksdb::FileLock* lock, const rocksdb::IOOptions&,
                               rocksdb::IODebugContext*) override;
  rocksdb::IOStatus GetTestDirectory(const rocksdb::IOOptions&, std::string* path,
                                     rocksdb::IODebugContext*) override;
  rocksdb::IOStatus GetAbsolutePath(const std::string& path, const rocksdb::IOOptions&,
                                    std::string* result, rocksdb::IODebugContext*) override;
  rocksdb::IOStatus IsDirectory(const std::string& path, const rocksdb::IOOptions&, bool* is,
                                rocksdb::IODebugContext*) override;

 private:
  struct Inode {
    std::string bytes;
    std::size_t synced = 0;  // so many of them are on the disk itself
  };
  using InodePtr = std::shared_ptr<Inode>;
  using Names = std::map<std::string, InodePtr>;
  // A change of the directory: `gone` goes and `name` comes, both or one of them.
  struct Change {
    std::string gone;
    std::string name;
    InodePtr inode;
    void apply(Names& names) const;
  };
  // What a change may still do: all of it, or so many thousandths and then `status`.
  struct Verdict {
    rocksdb::IOStatus status;
    std::uint32_t done = 1000;
  };
  class SequentialFile;
  class RandomAccessFile;
  class WritableFile;
  class Directory;

  Verdict judge(bool takes_space);
  InodePtr find(const std::string& name) const;
  void change(Change change);
  rocksdb::IOStatus append(Inode& inode, const rocksdb::Slice& bytes);
  rocksdb::IOStatus sync(Inode& inode);
  rocksdb::IOStatus sync_directory();

  mutable std::mutex mutex_;
  Names names_;                  // as the process sees them
  Names synced_names_;           // as they are on the disk itself
  std::vector<Change> journal_;  // what the disk does not have yet, in order
  std::set<std::string> directories_;
  std::optional<FaultPlan> plan_;
  bool fault_happened_ = false;
  bool full_ = false;
  bool dead_ = false;
  std::uint64_t changes_ = 0;
};

}  // namespace votemu::sim
