// A disk that loses what was not synced, runs out of room and breaks: preloaded into a process
// (LD_PRELOAD), it stands between the process and the files under one directory.
//
// It loses nothing itself. It keeps a journal of what the process changed and synced, from which
// disk.py, once the process is dead, takes away what a power cut could have taken. A kill -9 leaves
// the journal whole: each record is one write(), made right after the change and in its order.
//
//   FAULTY_DISK_DIRECTORY  absolute; files under it are on this disk
//   FAULTY_DISK_JOURNAL    a directory beside it (same file system), outside of it:
//     journal   the records, one a line; files and directories are told by their inode's number
//                 enter DIRECTORY NAME INODE                     made or linked
//                 leave DIRECTORY NAME INODE
//                 rename DIRECTORY NAME DIRECTORY NAME INODE
//                 write INODE OFFSET LENGTH
//                 resize INODE SIZE
//                 before INODE OFFSET HEX        what is about to be overwritten or cut off
//                 sync INODE                     of a directory: its entries
//                 failed CALL ERRNO
//     inodes/   links to what was unlinked or replaced, by inode number
//     control   struct Control, which the tests change while the process runs
//
// A call that would change files in a way that is not recorded ends the process.
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace faulty_disk {

// Each is -1 for: not limited, never.
struct Control {
  std::atomic<std::int64_t> room;                 // bytes that still fit
  std::atomic<std::int64_t> syncs_until_failure;  // 0: the next one fails, once
  std::atomic<std::int64_t> sync_error;           // with this errno
  std::atomic<std::int64_t> changes_until_death;  // 0: the next change or sync is kill -9 instead
};

[[noreturn]] void give_up(const std::string& why);

// The system call, past this library.
int real_open(int directory, const char* path, int flags, mode_t mode = 0);

class Disk {
 public:
  Disk();  // from the environment; without it nothing is on the disk

  bool has(std::string_view path) const;
  bool has(int descriptor) const;
  void has_too(int descriptor);
  void closed(int descriptor);
  std::int64_t room() const;  // -1: as the real disk has it

  // What the calls of these names do with what is on the disk. Results and errno are theirs.
  int open(const char* path, int flags, mode_t mode);
  // `write` is told how many bytes it may write.
  ssize_t write(int descriptor, std::int64_t offset, std::size_t length,
                const std::function<ssize_t(std::size_t)>& write);
  int resize(int descriptor, std::int64_t size);
  int allocate(int descriptor, int mode, std::int64_t end);
  int sync(int descriptor, const char* call);
  int rename(const char* from, const char* to);
  int link(const char* from, const char* to);
  int unlink(const char* path);
  int make_directory(const char* path, mode_t mode);

 private:
  template <class... Parts>
  void record(const Parts&... parts);
  int fail(const char* call, int error);
  void before_change();
  void note_before(int descriptor, const struct stat& file, std::int64_t from, std::int64_t to);
  void keep(const char* path, const struct stat& file);

  std::int64_t take_room(const struct stat& file, std::int64_t offset, std::int64_t length);
  void give_room(std::int64_t bytes);
  bool reserve(const struct stat& file, std::int64_t end);
  void release(const struct stat& file, std::int64_t end);

  std::mutex mutex_;  // a change and its record are one
  std::string directory_;
  std::string inodes_;
  int journal_ = -1;
  Control* control_ = nullptr;
  std::array<std::atomic<bool>, 65536> on_disk_{};  // by descriptor
  std::map<ino_t, std::int64_t> reserved_;          // up to where room was set aside for a file
};

}  // namespace faulty_disk
