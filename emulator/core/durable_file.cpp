#include "core/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "core/descriptor.h"

namespace votemu::core {
namespace {

void require(bool done, const char* what) {
  if (!done) throw std::system_error(errno, std::generic_category(), what);
}

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    require(written >= 0, "cannot be written");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void write_durably(const std::string& path, std::string_view bytes, Readable readable) {
  const std::string draft = path + ".new";
  unlink(draft.c_str());  // of a start that was cut short
  const mode_t mode = readable == Readable::by_owner ? 0600 : 0644;
  const Descriptor file(open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  require(file.get() >= 0, "cannot be written");
  require(fchmod(file.get(), mode) == 0, "cannot be written");  // whatever the umask says
  write_all(file.get(), bytes);
  require(fsync(file.get()) == 0, "cannot be written");
  require(std::rename(draft.c_str(), path.c_str()) == 0, "cannot be written");
  sync_directory(std::filesystem::path(path).parent_path());
}

void sync_directory(const std::string& path) {
  const Descriptor directory(
      open(path.empty() ? "." : path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0 && errno == EACCES) return;
  require(directory.get() >= 0, "cannot be synced");
  require(fsync(directory.get()) == 0 || errno == EINVAL, "cannot be synced");
}

}  // namespace votemu::core
