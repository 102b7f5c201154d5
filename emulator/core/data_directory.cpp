#include "core/data_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "core/durable_file.h"
#include "core/store.h"

namespace votemu::core {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw StoreError("data directory " + path + ": " + why);
}

fs::path parent_of(const std::string& path) {
  return fs::absolute(fs::path(path) / "").parent_path().parent_path();
}

// With whatever is missing above it. The entry of each is synced by whoever made it, but for the
// directory's own: its sync() does that.
void make_directories(const fs::path& path) {
  if (path.empty() || fs::is_directory(path)) return;
  make_directories(path.parent_path());
  fs::create_directory(path);
  sync_directory(path.parent_path());
}

void make_private_directory(const std::string& path) {
  if (std::error_code error; fs::is_directory(path, error)) return;
  try {
    make_directories(parent_of(path));
  } catch (const std::system_error& error) {
    fail(path, "cannot be created: " + error.code().message());
  }
  if (mkdir(path.c_str(), S_IRWXU) != 0)
    fail(path, "cannot be created: " + std::string(std::strerror(errno)));
}

}  // namespace

DataDirectory::DataDirectory(std::string path, int format_version)
    : path_(std::move(path)), format_version_(format_version) {
  make_private_directory(path_);
  if (access(path_.c_str(), W_OK | X_OK) != 0)
    fail(path_, "cannot be written: " + std::string(std::strerror(errno)));
  lock_descriptor_ = open(file("lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_descriptor_ < 0) fail(path_, "cannot be written: " + std::string(std::strerror(errno)));
  try {
    if (flock(lock_descriptor_, LOCK_EX | LOCK_NB) != 0) fail(path_, "is in use by another votemu");
    check_or_write_format();
  } catch (...) {
    close(lock_descriptor_);
    throw;
  }
}

DataDirectory::~DataDirectory() {
  close(lock_descriptor_);
}

void DataDirectory::keep_private(const std::string& name) const {
  std::error_code error;
  fs::create_directory(file(name), error);
  if (!error) fs::permissions(file(name), fs::perms::owner_all, error);
  if (error) fail(path_, name + " cannot be made private: " + error.message());
}

void DataDirectory::raise_format() {
  if (std::exchange(of_older_format_, false)) write_format();
}

void DataDirectory::check_or_write_format() {
  std::ifstream existing(file("format"));
  if (!existing) {
    std::error_code error;
    if (fs::exists(file("store"), error)) fail(path_, "has a store but no readable `format` file");
    return write_format();
  }
  int found = 0;
  if (!(existing >> found) || found < 1 || !(existing >> std::ws).eof())
    fail(path_, "its `format` file is corrupt");
  if (found > format_version_) {
    fail(path_, "was written by a newer votemu (format " + std::to_string(found) +
                    ", this one reads up to " + std::to_string(format_version_) + ")");
  }
  of_older_format_ = found < format_version_;
}

void DataDirectory::write_format() const {
  try {
    write_durably(file("format"), std::to_string(format_version_) + "\n", Readable::by_everyone);
  } catch (const std::system_error& error) {
    fail(path_, "cannot be written: " + error.code().message());
  }
}

void DataDirectory::sync() const {
  try {
    sync_directory(path_);
    sync_directory(parent_of(path_));
  } catch (const std::system_error& error) {
    fail(path_, "cannot be synced: " + error.code().message());
  }
}

}  // namespace votemu::core
