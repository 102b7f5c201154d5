// The C library's calls that change files, in its place: those on the disk's files go through it.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "disk.h"

namespace {

using faulty_disk::Disk;
using faulty_disk::give_up;
using faulty_disk::real_open;

Disk& disk() {
  static auto* const it = new Disk;  // outlives every destructor that still writes
  return *it;
}

template <class... Arguments>
int call(long number, Arguments... arguments) {
  return static_cast<int>(syscall(number, arguments...));
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

template <class File>
void refuse(const File& file, const char* what) {
  if (disk().has(file)) give_up(std::string(what) + " is not modelled");
}

int open_at(int directory, const char* path, int flags, va_list more) {
  const bool has_mode = flags & (O_CREAT | __O_TMPFILE);
  const auto mode = has_mode ? va_arg(more, mode_t) : 0;
  if (disk().has(path)) return disk().open(path, flags, mode);
  if (path[0] != '/' && directory != AT_FDCWD) refuse(directory, "openat below a directory");
  return real_open(directory, path, flags, mode);
}

std::int64_t position_of(int descriptor) {
  const bool appends = call(SYS_fcntl, descriptor, F_GETFL) & O_APPEND;
  return lseek(descriptor, 0, appends ? SEEK_END : SEEK_CUR);
}

int copied(int descriptor, int copy) {
  if (copy >= 0 && disk().has(descriptor)) disk().has_too(copy);
  return copy;
}

// The C library's streams write without asking here.
FILE* open_stream(const char* call, const char* path, const char* mode) {
  if (std::strpbrk(mode, "wa+")) refuse(path, "fopen for writing");
  return next<FILE*(const char*, const char*)>(call)(path, mode);
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const int descriptor = open_at(AT_FDCWD, path, flags, more);
  va_end(more);
  return descriptor;
}
int open64(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const int descriptor = open_at(AT_FDCWD, path, flags, more);
  va_end(more);
  return descriptor;
}
int openat(int directory, const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const int descriptor = open_at(directory, path, flags, more);
  va_end(more);
  return descriptor;
}
int openat64(int directory, const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const int descriptor = open_at(directory, path, flags, more);
  va_end(more);
  return descriptor;
}
int creat(const char* path, mode_t mode) {
  return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}
FILE* fopen(const char* path, const char* mode) {
  return open_stream("fopen", path, mode);
}
FILE* fopen64(const char* path, const char* mode) {
  return open_stream("fopen64", path, mode);
}

int close(int descriptor) {
  disk().closed(descriptor);
  return call(SYS_close, descriptor);
}
int dup(int descriptor) noexcept {
  return copied(descriptor, call(SYS_dup, descriptor));
}
int fcntl(int descriptor, int command, ...) {
  va_list more;
  va_start(more, command);
  const int result = call(SYS_fcntl, descriptor, command, va_arg(more, long));
  va_end(more);
  return command == F_DUPFD || command == F_DUPFD_CLOEXEC ? copied(descriptor, result) : result;
}
int fcntl64(int descriptor, int command, ...) {
  va_list more;
  va_start(more, command);
  const int result = fcntl(descriptor, command, va_arg(more, long));
  va_end(more);
  return result;
}

void* mmap(void* address, size_t length, int protection, int flags, int descriptor, off_t offset) {
  if ((protection & PROT_WRITE) && (flags & MAP_SHARED))
    refuse(descriptor, "writing through memory");
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
  return disk().write(descriptor, position_of(descriptor), length, real);
}
ssize_t pwrite(int descriptor, const void* bytes, size_t length, off_t offset) {
  const auto real = [&](std::size_t fits) {
    return syscall(SYS_pwrite64, descriptor, bytes, fits, offset);
  };
  if (!disk().has(descriptor)) return real(length);
  return disk().write(descriptor, offset, length, real);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t length, off_t offset) {
  return pwrite(descriptor, bytes, length, offset);
}
ssize_t writev(int descriptor, const struct iovec* parts, int count) {
  refuse(descriptor, "writev");
  return syscall(SYS_writev, descriptor, parts, count);
}
ssize_t pwritev(int descriptor, const struct iovec* parts, int count, off_t offset) {
  refuse(descriptor, "pwritev");
  return next<ssize_t(int, const struct iovec*, int, off_t)>("pwritev")(descriptor, parts, count,
                                                                        offset);
}

int ftruncate(int descriptor, off_t size) noexcept {
  if (disk().has(descriptor)) return disk().resize(descriptor, size);
  return call(SYS_ftruncate, descriptor, size);
}
int ftruncate64(int descriptor, off_t size) noexcept {
  return ftruncate(descriptor, size);
}
int fallocate(int descriptor, int mode, off_t offset, off_t length) {
  if (disk().has(descriptor)) return disk().allocate(descriptor, mode, offset + length);
  return call(SYS_fallocate, descriptor, mode, offset, length);
}
int fallocate64(int descriptor, int mode, off_t offset, off_t length) {
  return fallocate(descriptor, mode, offset, length);
}
int posix_fallocate(int descriptor, off_t offset, off_t length) {
  refuse(descriptor, "posix_fallocate");
  return next<int(int, off_t, off_t)>("posix_fallocate")(descriptor, offset, length);
}

int fsync(int descriptor) {
  return disk().has(descriptor) ? disk().sync(descriptor, "fsync") : call(SYS_fsync, descriptor);
}
int fdatasync(int descriptor) {
  return disk().has(descriptor) ? disk().sync(descriptor, "fdatasync")
                                : call(SYS_fdatasync, descriptor);
}
// Promises nothing: neither the file's size nor the disk's own cache.
int sync_file_range(int descriptor, off_t offset, off_t length, unsigned flags) {
  if (disk().has(descriptor)) return 0;
  return call(SYS_sync_file_range, descriptor, offset, length, flags);
}

int rename(const char* from, const char* to) noexcept {
  if (disk().has(from) != disk().has(to)) give_up("rename to another disk is not modelled");
  return disk().has(from) ? disk().rename(from, to) : call(SYS_rename, from, to);
}
int link(const char* from, const char* to) noexcept {
  return disk().has(to) ? disk().link(from, to) : call(SYS_link, from, to);
}
int unlink(const char* path) noexcept {
  return disk().has(path) ? disk().unlink(path) : call(SYS_unlink, path);
}
int remove(const char* path) noexcept {
  return disk().has(path) ? disk().unlink(path) : next<int(const char*)>("remove")(path);
}
int mkdir(const char* path, mode_t mode) noexcept {
  return disk().has(path) ? disk().make_directory(path, mode) : call(SYS_mkdir, path, mode);
}
int rmdir(const char* path) noexcept {
  refuse(path, "rmdir");
  return call(SYS_rmdir, path);
}
int unlinkat(int directory, const char* path, int flags) noexcept {
  refuse(path, "unlinkat");
  refuse(directory, "unlinkat");
  return call(SYS_unlinkat, directory, path, flags);
}
int renameat(int from_directory, const char* from, int to_directory, const char* to) noexcept {
  refuse(from, "renameat");
  refuse(to, "renameat");
  return call(SYS_renameat, from_directory, from, to_directory, to);
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
