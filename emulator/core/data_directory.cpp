#include "core/data_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "core/store.h"

namespace votemu::core {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, const std::string& why) {
  throw StoreError("data directory " + path + ": " + why);
}

void make_private_directory(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return;
  fs::create_directories(path, error);
  if (error) fail(path, "cannot be created: " + error.message());
  fs::permissions(path, fs::perms::owner_all, error);
  if (error) fail(path, "cannot be made private: " + error.message());
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

// Whole or not at all, should the process die meanwhile.
void DataDirectory::write_format() const {
  const std::string draft = file("format.new");
  const bool written = static_cast<bool>(std::ofstream(draft) << format_version_ << std::endl);
  std::error_code error;
  if (written) fs::rename(draft, file("format"), error);
  if (!written || error) fail(path_, "cannot be written");
}

}  // namespace votemu::core
