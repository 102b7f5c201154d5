#include "disk.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace faulty_disk {
namespace {

constexpr std::int64_t directory_bytes = 4096;  // what a new directory takes of the room

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

template <class... Arguments>
int call(long number, Arguments... arguments) {
  return static_cast<int>(syscall(number, arguments...));
}

struct stat status_of(int descriptor) {
  struct stat status {};
  fstat(descriptor, &status);
  return status;
}

struct stat status_of(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) give_up("there is no " + path);
  return status;
}

// A path as records tell it: its directory's inode, its name.
std::string entry(const std::string& path) {
  const auto slash = path.rfind('/');
  return std::to_string(status_of(path.substr(0, slash)).st_ino) + " " + path.substr(slash + 1);
}

std::string text(const std::string& part) {
  return part;
}
std::string text(const char* part) {
  return part;
}
template <class Number>
std::string text(Number part) {
  return std::to_string(part);
}

std::string hexadecimal(const std::string& bytes) {
  constexpr auto digits = "0123456789abcdef";
  std::string hex;
  for (const char byte : bytes) {
    hex += digits[static_cast<unsigned char>(byte) >> 4];
    hex += digits[static_cast<unsigned char>(byte) & 15];
  }
  return hex;
}

}  // namespace

template <class... Parts>
void Disk::record(const Parts&... parts) {
  std::string line;
  ((line += text(parts) + " "), ...);
  line.back() = '\n';
  if (syscall(SYS_write, journal_, line.data(), line.size()) != static_cast<long>(line.size()))
    give_up("the journal cannot be written");
}

void give_up(const std::string& why) {
  const std::string line = "faulty disk: " + why + "\n";
  syscall(SYS_write, STDERR_FILENO, line.data(), line.size());
  abort();
}

int real_open(int directory, const char* path, int flags, mode_t mode) {
  return call(SYS_openat, directory, path, flags, mode);
}

Disk::Disk() : directory_(environment("FAULTY_DISK_DIRECTORY")) {
  if (directory_.empty()) return;
  const auto beside = environment("FAULTY_DISK_JOURNAL");
  inodes_ = beside + "/inodes/";
  journal_ = real_open(AT_FDCWD, (beside + "/journal").c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  const int control = real_open(AT_FDCWD, (beside + "/control").c_str(), O_RDWR | O_CLOEXEC);
  if (journal_ < 0 || control < 0) give_up("no journal in " + beside);
  const off_t beginning = 0;  // an int would be half of what the kernel reads
  const auto page = syscall(SYS_mmap, nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED,
                            control, beginning);
  if (page == -1) give_up("no control page in " + beside);
  control_ = reinterpret_cast<Control*>(page);
  call(SYS_close, control);
}

bool Disk::has(std::string_view path) const {
  return !directory_.empty() && path.starts_with(directory_) &&
         (path.size() == directory_.size() || path[directory_.size()] == '/');
}

bool Disk::has(int descriptor) const {
  const auto at = static_cast<std::size_t>(descriptor);
  return descriptor >= 0 && at < on_disk_.size() && on_disk_[at];
}

void Disk::has_too(int descriptor) {
  const auto at = static_cast<std::size_t>(descriptor);
  if (at >= on_disk_.size()) give_up("too many open files");
  on_disk_[at] = true;
}

void Disk::closed(int descriptor) {
  if (has(descriptor)) on_disk_[static_cast<std::size_t>(descriptor)] = false;
}

std::int64_t Disk::room() const {
  return control_ ? control_->room.load() : -1;
}

int Disk::open(const char* path, int flags, mode_t mode) {
  const std::lock_guard lock(mutex_);
  if (flags & (O_SYNC | O_DSYNC)) give_up("O_SYNC is not modelled");
  struct stat before {};
  const bool existed = stat(path, &before) == 0;
  const bool makes = !existed && (flags & O_CREAT);
  const bool cuts = existed && (flags & O_TRUNC) && before.st_size > 0;
  if (makes || cuts) before_change();
  if (cuts) {
    const int file = real_open(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
    note_before(file, before, 0, before.st_size);
    call(SYS_close, file);
    release(before, 0);
  }
  const int descriptor = real_open(AT_FDCWD, path, flags, mode);
  if (descriptor < 0) return descriptor;
  has_too(descriptor);
  const auto inode = status_of(descriptor).st_ino;
  if (makes) record("enter", entry(path), inode);
  if (cuts) record("resize", inode, 0);
  return descriptor;
}

ssize_t Disk::write(int descriptor, std::int64_t offset, std::size_t length,
                    const std::function<ssize_t(std::size_t)>& write) {
  const std::lock_guard lock(mutex_);
  before_change();
  const auto file = status_of(descriptor);
  const auto fits = take_room(file, offset, static_cast<std::int64_t>(length));
  if (fits <= 0 && length > 0) return fail("write", ENOSPC);
  note_before(descriptor, file, offset, offset + fits);
  const ssize_t written = write(static_cast<std::size_t>(fits));
  if (written > 0) record("write", file.st_ino, offset, written);
  return written;
}

int Disk::resize(int descriptor, std::int64_t size) {
  const std::lock_guard lock(mutex_);
  before_change();
  const auto file = status_of(descriptor);
  const auto growth = size - file.st_size;
  if (growth > 0 && take_room(file, file.st_size, growth) < growth)
    return fail("ftruncate", ENOSPC);
  if (growth <= 0) {
    note_before(descriptor, file, size, file.st_size);
    release(file, size);
  }
  const auto result = call(SYS_ftruncate, descriptor, size);
  if (result == 0 && growth != 0) record("resize", file.st_ino, size);
  return result;
}

int Disk::allocate(int descriptor, int mode, std::int64_t end) {
  if (mode != FALLOC_FL_KEEP_SIZE) give_up("fallocate of this mode is not modelled");
  const std::lock_guard lock(mutex_);
  before_change();
  return reserve(status_of(descriptor), end) ? 0 : fail("fallocate", ENOSPC);
}

int Disk::sync(int descriptor, const char* call) {
  const std::lock_guard lock(mutex_);
  before_change();
  if (control_->syncs_until_failure >= 0 && control_->syncs_until_failure-- == 0)
    return fail(call, static_cast<int>(control_->sync_error));
  record("sync", status_of(descriptor).st_ino);
  return 0;
}

int Disk::rename(const char* from, const char* to) {
  const std::lock_guard lock(mutex_);
  before_change();
  struct stat moved {};
  struct stat replaced {};
  if (stat(from, &moved) == 0 && stat(to, &replaced) == 0 && moved.st_ino != replaced.st_ino)
    keep(to, replaced);
  const auto result = call(SYS_rename, from, to);
  if (result == 0) record("rename", entry(from), entry(to), moved.st_ino);
  return result;
}

int Disk::link(const char* from, const char* to) {
  const std::lock_guard lock(mutex_);
  before_change();
  const auto result = call(SYS_link, from, to);
  if (result == 0) record("enter", entry(to), status_of(to).st_ino);
  return result;
}

int Disk::unlink(const char* path) {
  const std::lock_guard lock(mutex_);
  struct stat file {};
  if (stat(path, &file) == 0) {
    before_change();
    keep(path, file);
  }
  const auto result = call(SYS_unlink, path);
  if (result == 0) record("leave", entry(path), file.st_ino);
  return result;
}

int Disk::make_directory(const char* path, mode_t mode) {
  const std::lock_guard lock(mutex_);
  if (struct stat there{}; stat(path, &there) != 0) {
    before_change();
    if (room() >= 0 && room() < directory_bytes) return fail("mkdir", ENOSPC);
    give_room(-directory_bytes);
  }
  const auto result = call(SYS_mkdir, path, mode);
  if (result == 0) record("enter", entry(path), status_of(path).st_ino);
  return result;
}

int Disk::fail(const char* call, int error) {
  record("failed", call, error);
  errno = error;
  return -1;
}

void Disk::before_change() {
  if (control_->changes_until_death >= 0 && control_->changes_until_death-- == 0) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
  }
}

// Keeps in the journal what the range has now, should it be lost from the file.
void Disk::note_before(int descriptor, const struct stat& file, std::int64_t from,
                       std::int64_t to) {
  to = std::min<std::int64_t>(to, file.st_size);
  if (from >= to) return;
  std::string bytes(static_cast<std::size_t>(to - from), '\0');
  // The descriptor may be for writing only.
  const auto path = "/proc/self/fd/" + std::to_string(descriptor);
  const int readable = real_open(AT_FDCWD, path.c_str(), O_RDONLY | O_CLOEXEC);
  const auto got = pread(readable, bytes.data(), bytes.size(), from);
  call(SYS_close, readable);
  if (got != to - from) give_up("what is overwritten cannot be read");
  record("before", file.st_ino, from, hexadecimal(bytes));
}

// Before the last name of a file goes: its bytes are needed if the name comes back.
void Disk::keep(const char* path, const struct stat& file) {
  if (S_ISDIR(file.st_mode)) return;
  const auto kept = inodes_ + std::to_string(file.st_ino);
  if (syscall(SYS_link, path, kept.c_str()) != 0 && errno != EEXIST)
    give_up("what is unlinked cannot be kept");
  release(file, 0);
}

// How many of so many bytes at the offset still fit; takes them from the room.
std::int64_t Disk::take_room(const struct stat& file, std::int64_t offset, std::int64_t length) {
  if (control_->room < 0) return length;
  const auto end = std::max({file.st_size, reserved_[file.st_ino], offset});
  const auto growth = std::max<std::int64_t>(0, offset + length - end);
  const auto granted = std::min<std::int64_t>(growth, control_->room);
  control_->room -= granted;
  return length - (growth - granted);
}

void Disk::give_room(std::int64_t bytes) {
  if (control_->room >= 0) control_->room += bytes;
}

// What fallocate() set aside does not need room when it is written.
bool Disk::reserve(const struct stat& file, std::int64_t end) {
  auto& reserved = reserved_[file.st_ino];
  const auto more = std::max<std::int64_t>(0, end - std::max(file.st_size, reserved));
  if (control_->room >= 0 && more > control_->room) return false;
  give_room(-more);
  reserved = std::max(reserved, end);
  return true;
}

void Disk::release(const struct stat& file, std::int64_t end) {
  auto& reserved = reserved_[file.st_ino];
  give_room(std::max<std::int64_t>(0, std::max(file.st_size, reserved) - end));
  reserved = 0;
}

}  // namespace faulty_disk
