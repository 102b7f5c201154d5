#include "certificates/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "certificates/limits.h"
#include "core/descriptor.h"

namespace votemu::certificates {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& what) {
  throw CertificateError(path + ": " + what + ": " + std::strerror(errno));
}

}  // namespace

std::optional<std::string> read_file(const std::string& path) {
  const core::Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
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

void write_file(const std::string& path, std::string_view bytes, core::Readable readable) {
  try {
    core::write_durably(path, bytes, readable);
  } catch (const std::system_error& error) {
    throw CertificateError(path + ": " + error.what());
  }
}

void make_private(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) fail(path, "cannot be read");
  if ((status.st_mode & 077) != 0 && chmod(path.c_str(), 0600) != 0) {
    fail(path, "is readable by others, and stays so");
  }
}

}  // namespace votemu::certificates
