#include "certificates/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "certificates/limits.h"

namespace votemu::certificates {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return value_; }

 private:
  int value_;
};

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw CertificateError(path + ": " + what + ": " + std::strerror(errno));
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(descriptor) == 0;
}

}  // namespace

std::optional<std::string> read_file(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0 && errno == ENOENT) return std::nullopt;
  if (file.get() < 0) fail(path, "cannot be read");
  std::string bytes;
  std::array<char, 4096> piece{};
  for (;;) {
    const auto size = read(file.get(), piece.data(), piece.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) fail(path, "cannot be read");
    if (size == 0) return bytes;
    bytes.append(piece.data(), static_cast<std::size_t>(size));
    if (bytes.size() > limits::max_file_bytes) {
      throw CertificateError(path + ": is too large for a certificate or a key");
    }
  }
}

void write_file(const std::string& path, std::string_view bytes, Readable readable) {
  const std::string draft = path + ".new";
  unlink(draft.c_str());  // of a start that was cut short
  const mode_t mode = readable == Readable::by_owner ? 0600 : 0644;
  const Descriptor file(open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (file.get() < 0 || !write_all(file.get(), bytes) ||
      std::rename(draft.c_str(), path.c_str()) != 0) {
    fail(path, "cannot be written");
  }
  const auto directory = std::filesystem::path(path).parent_path();
  const Descriptor folder(
      open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0 || fsync(folder.get()) != 0) fail(path, "cannot be written");
}

void make_private(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) fail(path, "cannot be read");
  if ((status.st_mode & 077) != 0 && chmod(path.c_str(), 0600) != 0) {
    fail(path, "is readable by others, and stays so");
  }
}

}  // namespace votemu::certificates
