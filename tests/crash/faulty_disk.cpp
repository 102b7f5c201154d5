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
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::int64_t directory_bytes = 4096;  // what a new directory takes of the room

// Each is -1 for: not limited, never.
struct Control {
  std::atomic<std::int64_t> room;                 // bytes that still fit
  std::atomic<std::int64_t> syncs_until_failure;  // 0: the next one fails, once
  std::atomic<std::int64_t> sync_error;           // with this errno
  std::atomic<std::int64_t> changes_until_death;  // 0: the next change or sync is kill -9 instead
};

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

[[noreturn]] void give_up(const std::string& why) {
  const std::string line = "faulty disk: " + why + "\n";
  syscall(SYS_write, STDERR_FILENO, line.data(), line.size());
  abort();
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

class Disk {
 public:
  Disk() : directory_(environment("FAULTY_DISK_DIRECTORY")) {
    if (directory_.empty()) return;
    const auto beside = environment("FAULTY_DISK_JOURNAL");
    inodes_ = beside + "/inodes/";
    journal_ = real_open((beside + "/journal").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    const int control = real_open((beside + "/control").c_str(), O_RDWR | O_CLOEXEC);
    if (journal_ < 0 || control < 0) give_up("no journal in " + beside);
    const auto page =
        syscall(SYS_mmap, nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED, control, 0);
    if (page == -1) give_up("no control page in " + beside);
    control_ = reinterpret_cast<Control*>(page);
    syscall(SYS_close, control);
  }

  static int real_open(const char* path, int flags, mode_t mode = 0) {
    return static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
  }

  bool has(std::string_view path) const {
    return !directory_.empty() && path.starts_with(directory_) &&
           (path.size() == directory_.size() || path[directory_.size()] == '/');
  }
  bool has(int descriptor) const {
    const auto at = static_cast<std::size_t>(descriptor);
    return descriptor >= 0 && at < on_disk_.size() && on_disk_[at];
  }
  void opened(int descriptor) {
    if (static_cast<std::size_t>(descriptor) >= on_disk_.size()) give_up("too many open files");
    on_disk_[static_cast<std::size_t>(descriptor)] = true;
  }
  void closed(int descriptor) {
    if (has(descriptor)) on_disk_[static_cast<std::size_t>(descriptor)] = false;
  }

  template <class... Parts>
  void record(const Parts&... parts) {
    std::string line;
    ((line += text(parts) + " "), ...);
    line.back() = '\n';
    if (syscall(SYS_write, journal_, line.data(), line.size()) != static_cast<long>(line.size()))
      give_up("the journal cannot be written");
  }

  void before_change() {
    if (control_->changes_until_death >= 0 && control_->changes_until_death-- == 0) {
      kill(getpid(), SIGKILL);
      for (;;) pause();
    }
  }

  template <class Result>
  Result fail(const char* call, int error) {
    record("failed", call, error);
    errno = error;
    return Result{-1};
  }

  // How many of so many bytes at the offset still fit; takes them from the room.
  std::int64_t take_room(const struct stat& file, std::int64_t offset, std::int64_t length) {
    const auto end = std::max<std::int64_t>(file.st_size, reserved_[file.st_ino]);
    const auto growth = std::max<std::int64_t>(0, offset + length - std::max(end, offset));
    if (control_->room < 0) return length;
    const auto granted = std::min<std::int64_t>(growth, control_->room);
    control_->room -= granted;
    return length - (growth - granted);
  }
  void give_room(std::int64_t bytes) {
    if (control_->room >= 0) control_->room += bytes;
  }
  // What fallocate() set aside does not need room when it is written.
  bool reserve(const struct stat& file, std::int64_t end) {
    auto& reserved = reserved_[file.st_ino];
    const auto more =
        std::max<std::int64_t>(0, end - std::max<std::int64_t>(file.st_size, reserved));
    if (control_->room >= 0 && more > control_->room) return false;
    if (control_->room >= 0) control_->room -= more;
    reserved = std::max(reserved, end);
    return true;
  }
  void release(const struct stat& file, std::int64_t end) {
    auto& reserved = reserved_[file.st_ino];
    const auto taken = std::max<std::int64_t>(file.st_size, reserved);
    give_room(std::max<std::int64_t>(0, taken - end));
    reserved = 0;
  }

  // Keeps what the range has now in the journal, should it be lost from the file.
  void note_before(int descriptor, const struct stat& file, std::int64_t from, std::int64_t to) {
    to = std::min<std::int64_t>(to, file.st_size);
    if (from >= to) return;
    std::string bytes(static_cast<std::size_t>(to - from), '\0');
    // The descriptor may be for writing only.
    const auto path = "/proc/self/fd/" + std::to_string(descriptor);
    const int readable = real_open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const auto got = pread(readable, bytes.data(), bytes.size(), from);
    syscall(SYS_close, readable);
    if (got != to - from) give_up("what is overwritten cannot be read");
    std::string hex;
    for (const char byte : bytes) {
      constexpr auto digits = "0123456789abcdef";
      hex += digits[static_cast<unsigned char>(byte) >> 4];
      hex += digits[static_cast<unsigned char>(byte) & 15];
    }
    record("before", file.st_ino, from, hex);
  }

  // Before the last name of a file goes: its bytes are needed if the name comes back.
  void keep(const char* path, const struct stat& file) {
    if (S_ISDIR(file.st_mode)) return;
    const auto kept = inodes_ + std::to_string(file.st_ino);
    if (syscall(SYS_link, path, kept.c_str()) != 0 && errno != EEXIST)
      give_up("what is unlinked cannot be kept");
    release(file, 0);
  }

  bool sync_fails() {
    return control_->syncs_until_failure >= 0 && control_->syncs_until_failure-- == 0;
  }
  int sync_error() const { return static_cast<int>(control_->sync_error); }
  std::int64_t room() const { return control_ ? control_->room.load() : -1; }

  std::mutex mutex;

 private:
  static std::string text(const std::string& part) { return part; }
  static std::string text(const char* part) { return part; }
  template <class Number>
  static std::string text(Number part) {
    return std::to_string(part);
  }

  std::string directory_;
  std::string inodes_;
  int journal_ = -1;
  Control* control_ = nullptr;
  std::array<std::atomic<bool>, 65536> on_disk_{};
  std::map<ino_t, std::int64_t> reserved_;
};

Disk& disk() {
  static auto* const it = new Disk;  // outlives every destructor that still writes
  return *it;
}

struct stat status_of(int descriptor) {
  struct stat status {};
  fstat(descriptor, &status);
  return status;
}

struct Entry {
  ino_t directory;
  std::string name;
};

Entry entry_of(const std::string& path) {
  const auto slash = path.rfind('/');
  struct stat status {};
  if (stat(path.substr(0, slash).c_str(), &status) != 0) give_up("no directory for " + path);
  return {status.st_ino, path.substr(slash + 1)};
}

int open_on_disk(const char* path, int flags, mode_t mode) {
  const std::lock_guard lock(disk().mutex);
  struct stat before {};
  const bool existed = stat(path, &before) == 0;
  const bool makes = !existed && (flags & O_CREAT);
  const bool cuts = existed && (flags & O_TRUNC) && before.st_size > 0;
  if (flags & (O_SYNC | O_DSYNC)) give_up("O_SYNC is not modelled");
  if (makes || cuts) disk().before_change();
  if (cuts) {
    const int file = Disk::real_open(path, O_RDONLY | O_CLOEXEC);
    disk().note_before(file, before, 0, before.st_size);
    syscall(SYS_close, file);
    disk().release(before, 0);
  }
  const int descriptor = Disk::real_open(path, flags, mode);
  if (descriptor < 0) return descriptor;
  disk().opened(descriptor);
  const auto ino = status_of(descriptor).st_ino;
  if (makes) {
    const auto entry = entry_of(path);
    disk().record("enter", entry.directory, entry.name, ino);
  }
  if (cuts) disk().record("resize", ino, 0);
  return descriptor;
}

// `write` is told how many bytes it may write.
template <class Write>
ssize_t write_on_disk(int descriptor, std::int64_t offset, std::size_t length, Write write) {
  const std::lock_guard lock(disk().mutex);
  disk().before_change();
  const auto file = status_of(descriptor);
  const auto wanted = static_cast<std::int64_t>(length);
  const auto fits = disk().take_room(file, offset, wanted);
  if (fits <= 0 && wanted > 0) return disk().fail<ssize_t>("write", ENOSPC);
  disk().note_before(descriptor, file, offset, offset + fits);
  const ssize_t written = write(static_cast<std::size_t>(fits));
  if (written > 0) disk().record("write", file.st_ino, offset, written);
  return written;
}

std::int64_t position_of(int descriptor) {
  if (syscall(SYS_fcntl, descriptor, F_GETFL) & O_APPEND) return status_of(descriptor).st_size;
  return lseek(descriptor, 0, SEEK_CUR);
}

int sync_on_disk(int descriptor, const char* call) {
  const std::lock_guard lock(disk().mutex);
  disk().before_change();
  if (disk().sync_fails()) return disk().fail<int>(call, disk().sync_error());
  disk().record("sync", status_of(descriptor).st_ino);
  return 0;
}

int resize_on_disk(int descriptor, off_t size) {
  const std::lock_guard lock(disk().mutex);
  disk().before_change();
  const auto file = status_of(descriptor);
  if (size <= file.st_size) {
    disk().note_before(descriptor, file, size, file.st_size);
    disk().release(file, size);
  } else if (disk().take_room(file, file.st_size, size - file.st_size) < size - file.st_size) {
    return disk().fail<int>("ftruncate", ENOSPC);
  }
  const auto result = static_cast<int>(syscall(SYS_ftruncate, descriptor, size));
  if (result == 0 && size != file.st_size) disk().record("resize", file.st_ino, size);
  return result;
}

int allocate_on_disk(int descriptor, int mode, off_t offset, off_t length) {
  if (mode != FALLOC_FL_KEEP_SIZE) give_up("fallocate of this mode is not modelled");
  const std::lock_guard lock(disk().mutex);
  disk().before_change();
  if (!disk().reserve(status_of(descriptor), offset + length))
    return disk().fail<int>("fallocate", ENOSPC);
  return 0;
}

int dup_on_disk(int descriptor, int copy) {
  if (copy >= 0 && disk().has(descriptor)) disk().opened(copy);
  return copy;
}

}  // namespace

extern "C" {

#define MODE_OF_OPEN(last)               \
  mode_t mode = 0;                       \
  if (flags & (O_CREAT | __O_TMPFILE)) { \
    va_list arguments;                   \
    va_start(arguments, last);           \
    mode = va_arg(arguments, mode_t);    \
    va_end(arguments);                   \
  }

int open(const char* path, int flags, ...) {
  MODE_OF_OPEN(flags)
  return disk().has(path) ? open_on_disk(path, flags, mode) : Disk::real_open(path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  MODE_OF_OPEN(flags)
  return open(path, flags | O_LARGEFILE, mode);
}
int openat(int directory, const char* path, int flags, ...) {
  MODE_OF_OPEN(flags)
  if (disk().has(path)) return open_on_disk(path, flags, mode);
  if (path[0] != '/' && disk().has(directory)) give_up("openat below an open directory");
  return static_cast<int>(syscall(SYS_openat, directory, path, flags, mode));
}
int openat64(int directory, const char* path, int flags, ...) {
  MODE_OF_OPEN(flags)
  return openat(directory, path, flags | O_LARGEFILE, mode);
}
int creat(const char* path, mode_t mode) {
  return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}
int close(int descriptor) {
  disk().closed(descriptor);
  return static_cast<int>(syscall(SYS_close, descriptor));
}

int dup(int descriptor) noexcept {
  return dup_on_disk(descriptor, static_cast<int>(syscall(SYS_dup, descriptor)));
}
int fcntl(int descriptor, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  const auto argument = va_arg(arguments, long);
  va_end(arguments);
  const auto result = static_cast<int>(syscall(SYS_fcntl, descriptor, command, argument));
  const bool copies = command == F_DUPFD || command == F_DUPFD_CLOEXEC;
  return copies ? dup_on_disk(descriptor, result) : result;
}
int fcntl64(int descriptor, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  const auto argument = va_arg(arguments, long);
  va_end(arguments);
  return fcntl(descriptor, command, argument);
}

// The C library's streams write without asking here.
FILE* fopen(const char* path, const char* mode) {
  if (disk().has(path) && std::strpbrk(mode, "wa+")) give_up("fopen for writing");
  return next<FILE*(const char*, const char*)>("fopen")(path, mode);
}
FILE* fopen64(const char* path, const char* mode) {
  if (disk().has(path) && std::strpbrk(mode, "wa+")) give_up("fopen for writing");
  return next<FILE*(const char*, const char*)>("fopen64")(path, mode);
}
void* mmap(void* address, size_t length, int protection, int flags, int descriptor, off_t offset) {
  if (descriptor >= 0 && (protection & PROT_WRITE) && (flags & MAP_SHARED) &&
      disk().has(descriptor))
    give_up("files written through memory are not modelled");
  return reinterpret_cast<void*>(
      syscall(SYS_mmap, address, length, protection, flags, descriptor, offset));
}
void* mmap64(void* address, size_t length, int protection, int flags, int descriptor,
             off_t offset) {
  return mmap(address, length, protection, flags, descriptor, offset);
}

ssize_t write(int descriptor, const void* bytes, size_t length) {
  const auto real = [&](std::size_t fits) { return syscall(SYS_write, descriptor, bytes, fits); };
  if (!disk().has(descriptor)) return real(length);
  return write_on_disk(descriptor, position_of(descriptor), length, real);
}
ssize_t pwrite(int descriptor, const void* bytes, size_t length, off_t offset) {
  const auto real = [&](std::size_t fits) {
    return syscall(SYS_pwrite64, descriptor, bytes, fits, offset);
  };
  if (!disk().has(descriptor)) return real(length);
  return write_on_disk(descriptor, offset, length, real);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t length, off_t offset) {
  return pwrite(descriptor, bytes, length, offset);
}
ssize_t writev(int descriptor, const struct iovec* parts, int count) {
  if (disk().has(descriptor)) give_up("writev is not modelled");
  return syscall(SYS_writev, descriptor, parts, count);
}
ssize_t pwritev(int descriptor, const struct iovec* parts, int count, off_t offset) {
  if (disk().has(descriptor)) give_up("pwritev is not modelled");
  return next<ssize_t(int, const struct iovec*, int, off_t)>("pwritev")(descriptor, parts, count,
                                                                        offset);
}

int ftruncate(int descriptor, off_t size) noexcept {
  if (disk().has(descriptor)) return resize_on_disk(descriptor, size);
  return static_cast<int>(syscall(SYS_ftruncate, descriptor, size));
}
int ftruncate64(int descriptor, off_t size) noexcept {
  return ftruncate(descriptor, size);
}
int fallocate(int descriptor, int mode, off_t offset, off_t length) {
  if (disk().has(descriptor)) return allocate_on_disk(descriptor, mode, offset, length);
  return static_cast<int>(syscall(SYS_fallocate, descriptor, mode, offset, length));
}
int fallocate64(int descriptor, int mode, off_t offset, off_t length) {
  return fallocate(descriptor, mode, offset, length);
}
int posix_fallocate(int descriptor, off_t offset, off_t length) {
  if (disk().has(descriptor)) give_up("posix_fallocate is not modelled");
  return next<int(int, off_t, off_t)>("posix_fallocate")(descriptor, offset, length);
}

int fsync(int descriptor) {
  if (disk().has(descriptor)) return sync_on_disk(descriptor, "fsync");
  return static_cast<int>(syscall(SYS_fsync, descriptor));
}
int fdatasync(int descriptor) {
  if (disk().has(descriptor)) return sync_on_disk(descriptor, "fdatasync");
  return static_cast<int>(syscall(SYS_fdatasync, descriptor));
}
// Promises nothing: neither the file's size nor the disk's own cache.
int sync_file_range(int descriptor, off_t offset, off_t length, unsigned flags) {
  if (disk().has(descriptor)) return 0;
  return static_cast<int>(syscall(SYS_sync_file_range, descriptor, offset, length, flags));
}

int rename(const char* from, const char* to) noexcept {
  if (disk().has(from) != disk().has(to)) give_up("rename from one disk to another");
  if (!disk().has(from)) return static_cast<int>(syscall(SYS_rename, from, to));
  const std::lock_guard lock(disk().mutex);
  disk().before_change();
  struct stat moved {
  }, replaced{};
  if (stat(from, &moved) == 0 && stat(to, &replaced) == 0 && moved.st_ino != replaced.st_ino)
    disk().keep(to, replaced);
  const auto result = static_cast<int>(syscall(SYS_rename, from, to));
  if (result == 0) {
    const auto old = entry_of(from);
    const auto now = entry_of(to);
    disk().record("rename", old.directory, old.name, now.directory, now.name, moved.st_ino);
  }
  return result;
}
int link(const char* from, const char* to) noexcept {
  if (!disk().has(to)) return static_cast<int>(syscall(SYS_link, from, to));
  const std::lock_guard lock(disk().mutex);
  disk().before_change();
  const auto result = static_cast<int>(syscall(SYS_link, from, to));
  if (result == 0) {
    struct stat linked {};
    stat(to, &linked);
    const auto entry = entry_of(to);
    disk().record("enter", entry.directory, entry.name, linked.st_ino);
  }
  return result;
}
int unlink(const char* path) noexcept {
  if (!disk().has(path)) return static_cast<int>(syscall(SYS_unlink, path));
  const std::lock_guard lock(disk().mutex);
  struct stat file {};
  if (stat(path, &file) == 0) {
    disk().before_change();
    disk().keep(path, file);
  }
  const auto result = static_cast<int>(syscall(SYS_unlink, path));
  if (result == 0) {
    const auto entry = entry_of(path);
    disk().record("leave", entry.directory, entry.name, file.st_ino);
  }
  return result;
}
int remove(const char* path) noexcept {
  if (disk().has(path)) return unlink(path);
  return next<int(const char*)>("remove")(path);
}
int mkdir(const char* path, mode_t mode) noexcept {
  if (!disk().has(path)) return static_cast<int>(syscall(SYS_mkdir, path, mode));
  const std::lock_guard lock(disk().mutex);
  struct stat made {};
  if (stat(path, &made) != 0) {
    disk().before_change();
    if (disk().room() >= 0 && disk().room() < directory_bytes)
      return disk().fail<int>("mkdir", ENOSPC);
    disk().give_room(-directory_bytes);
  }
  const auto result = static_cast<int>(syscall(SYS_mkdir, path, mode));
  if (result == 0) {
    stat(path, &made);
    const auto entry = entry_of(path);
    disk().record("enter", entry.directory, entry.name, made.st_ino);
  }
  return result;
}
int rmdir(const char* path) noexcept {
  if (disk().has(path)) give_up("rmdir is not modelled");
  return static_cast<int>(syscall(SYS_rmdir, path));
}
int unlinkat(int directory, const char* path, int flags) noexcept {
  if (disk().has(path) || disk().has(directory)) give_up("unlinkat is not modelled");
  return static_cast<int>(syscall(SYS_unlinkat, directory, path, flags));
}
int renameat(int from_directory, const char* from, int to_directory, const char* to) noexcept {
  if (disk().has(from) || disk().has(to)) give_up("renameat is not modelled");
  return static_cast<int>(syscall(SYS_renameat, from_directory, from, to_directory, to));
}

// RocksDB waits for room with it.
int statvfs(const char* path, struct statvfs* status) noexcept {
  const int result = next<int(const char*, struct statvfs*)>("statvfs")(path, status);
  if (result == 0 && disk().has(path) && disk().room() >= 0) {
    const auto blocks = static_cast<std::uint64_t>(disk().room()) / status->f_frsize;
    status->f_bfree = std::min<std::uint64_t>(status->f_bfree, blocks);
    status->f_bavail = std::min<std::uint64_t>(status->f_bavail, blocks);
  }
  return result;
}
int statvfs64(const char* path, struct statvfs64* status) noexcept {
  return statvfs(path, reinterpret_cast<struct statvfs*>(status));
}

}  // extern "C"
