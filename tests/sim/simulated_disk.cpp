#include "tests/sim/simulated_disk.h"

#include <algorithm>
#include <utility>

#include "tests/sim/simulated_files.h"

namespace votemu::sim {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

namespace {

IOStatus not_found(const std::string& name) {
  return IOStatus::NotFound(name);
}

std::string without_slash(const std::string& name) {
  return name.substr(0, name.find_last_not_of('/') + 1);
}

// The file's new size reached the disk, some of what is in it did not.
void lose_sectors(std::string& bytes, std::size_t from, core::Random& random) {
  constexpr std::size_t sector = 512;
  for (std::size_t at = from; at < bytes.size(); at += sector - at % sector) {
    const std::size_t size = std::min(sector - at % sector, bytes.size() - at);
    if (random.below(2) == 0) bytes.replace(at, size, size, '\0');
  }
}

}  // namespace

void SimulatedDisk::load(const Image& image) {
  const std::lock_guard lock(mutex_);
  names_.clear();
  journal_.clear();
  for (const auto& [name, bytes] : image.files) {
    names_[name] = std::make_shared<Inode>(Inode{bytes, bytes.size()});
  }
  synced_names_ = names_;
  directories_ = image.directories;
}

SimulatedDisk::Image SimulatedDisk::image() const {
  const std::lock_guard lock(mutex_);
  Image image;
  for (const auto& [name, inode] : names_) image.files[name] = inode->bytes;
  image.directories = directories_;
  return image;
}

void SimulatedDisk::plan(const FaultPlan& plan) {
  const std::lock_guard lock(mutex_);
  plan_ = plan;
}

bool SimulatedDisk::fault_happened() const {
  const std::lock_guard lock(mutex_);
  return fault_happened_;
}

bool SimulatedDisk::is_full() const {
  const std::lock_guard lock(mutex_);
  return full_;
}

void SimulatedDisk::die() {
  const std::lock_guard lock(mutex_);
  dead_ = true;
}

bool SimulatedDisk::is_dead() const {
  const std::lock_guard lock(mutex_);
  return dead_;
}

void SimulatedDisk::lose_power(core::Random& random) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t kept_changes = random.below(journal_.size() + 1);
  names_ = std::exchange(synced_names_, {});
  for (std::uint64_t i = 0; i < kept_changes; ++i) journal_[i].apply(names_);
  journal_.clear();
  for (const auto& [name, inode] : names_) {
    const std::uint64_t unsynced = inode->bytes.size() - inode->synced;
    inode->bytes.resize(inode->synced + random.below(unsynced + 1));
    if (random.below(3) == 0) lose_sectors(inode->bytes, inode->synced, random);
    inode->synced = inode->bytes.size();
  }
  synced_names_ = names_;
}

void SimulatedDisk::restart() {
  const std::lock_guard lock(mutex_);
  dead_ = false;
  full_ = false;
  plan_.reset();
  fault_happened_ = false;
}

std::uint64_t SimulatedDisk::changes() const {
  const std::lock_guard lock(mutex_);
  return changes_;
}

SimulatedDisk::Verdict SimulatedDisk::judge(bool takes_space) {
  if (dead_) return {IOStatus::IOError("the process has ended"), 0};
  ++changes_;
  if (plan_ && plan_->after-- == 0) {
    const FaultPlan plan = *std::exchange(plan_, {});
    fault_happened_ = true;
    if (plan.fault == Fault::lost_answer) return {IOStatus::IOError("simulated")};
    if (plan.fault == Fault::error) return {IOStatus::IOError("simulated"), plan.kept};
    if (plan.fault == Fault::death) {
      dead_ = true;
      return {IOStatus::IOError("the process has ended"), plan.kept};
    }
    full_ = true;
    if (takes_space) return {IOStatus::NoSpace("simulated"), plan.kept};
  }
  if (full_ && takes_space) return {IOStatus::NoSpace("simulated"), 0};
  return {};
}

SimulatedDisk::InodePtr SimulatedDisk::find(const std::string& name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : found->second;
}

void SimulatedDisk::Change::apply(Names& names) const {
  if (!gone.empty()) names.erase(gone);
  if (inode) names[name] = inode;
}

void SimulatedDisk::change(Change change) {
  change.apply(names_);
  journal_.push_back(std::move(change));
}

IOStatus SimulatedDisk::append(Inode& inode, const rocksdb::Slice& bytes) {
  const std::lock_guard lock(mutex_);
  const auto [status, done] = judge(true);
  inode.bytes.append(bytes.data(), bytes.size() * done / 1000);
  return status;
}

IOStatus SimulatedDisk::sync(Inode& inode) {
  const std::lock_guard lock(mutex_);
  const auto [status, done] = judge(false);
  inode.synced += (inode.bytes.size() - inode.synced) * done / 1000;
  return status;
}

IOStatus SimulatedDisk::sync_directory() {
  const std::lock_guard lock(mutex_);
  const auto [status, done] = judge(false);
  if (done < 1000) return status;
  synced_names_ = names_;
  journal_.clear();
  return status;
}

IOStatus SimulatedDisk::NewSequentialFile(const std::string& name, const rocksdb::FileOptions&,
                                          std::unique_ptr<rocksdb::FSSequentialFile>* result,
                                          IODebugContext*) {
  const std::lock_guard lock(mutex_);
  const auto inode = find(name);
  if (!inode) return not_found(name);
  *result = std::make_unique<SequentialFile>(inode);
  return IOStatus::OK();
}

IOStatus SimulatedDisk::NewRandomAccessFile(const std::string& name, const rocksdb::FileOptions&,
                                            std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                                            IODebugContext*) {
  const std::lock_guard lock(mutex_);
  const auto inode = find(name);
  if (!inode) return not_found(name);
  *result = std::make_unique<RandomAccessFile>(inode);
  return IOStatus::OK();
}

IOStatus SimulatedDisk::NewWritableFile(const std::string& name, const rocksdb::FileOptions&,
                                        std::unique_ptr<rocksdb::FSWritableFile>* result,
                                        IODebugContext*) {
  const std::lock_guard lock(mutex_);
  const auto [status, done] = judge(true);
  if (done < 1000) return status;
  auto inode = std::make_shared<Inode>();
  change({"", name, inode});
  if (status.ok()) *result = std::make_unique<WritableFile>(*this, std::move(inode));
  return status;
}

IOStatus SimulatedDisk::NewDirectory(const std::string&, const IOOptions&,
                                     std::unique_ptr<rocksdb::FSDirectory>* result,
                                     IODebugContext*) {
  *result = std::make_unique<Directory>(*this);
  return IOStatus::OK();
}

IOStatus SimulatedDisk::FileExists(const std::string& name, const IOOptions&, IODebugContext*) {
  const std::lock_guard lock(mutex_);
  const bool found = names_.contains(name) || directories_.contains(without_slash(name));
  return found ? IOStatus::OK() : not_found(name);
}

IOStatus SimulatedDisk::GetChildren(const std::string& directory, const IOOptions&,
                                    std::vector<std::string>* result, IODebugContext*) {
  const std::lock_guard lock(mutex_);
  const std::string prefix = without_slash(directory) + "/";
  if (!directories_.contains(without_slash(directory))) return not_found(directory);
  result->clear();
  for (auto at = names_.lower_bound(prefix); at != names_.end() && at->first.starts_with(prefix);
       ++at) {
    result->push_back(at->first.substr(prefix.size()));
  }
  return IOStatus::OK();
}

IOStatus SimulatedDisk::DeleteFile(const std::string& name, const IOOptions&, IODebugContext*) {
  const std::lock_guard lock(mutex_);
  const auto [status, done] = judge(false);
  if (done < 1000) return status;
  if (!names_.contains(name)) return not_found(name);
  change({name, "", nullptr});
  return status;
}

// The store's directory is there before anything in it is synced: losing it again is nothing that
// this disk does.
IOStatus SimulatedDisk::CreateDir(const std::string& name, const IOOptions&, IODebugContext*) {
  const std::lock_guard lock(mutex_);
  const auto [status, done] = judge(true);
  if (done == 1000) directories_.insert(without_slash(name));
  return status;
}

IOStatus SimulatedDisk::CreateDirIfMissing(const std::string& name, const IOOptions& options,
                                           IODebugContext* context) {
  if (FileExists(name, options, context).ok()) return IOStatus::OK();
  return CreateDir(name, options, context);
}

IOStatus SimulatedDisk::DeleteDir(const std::string& name, const IOOptions&, IODebugContext*) {
  const std::lock_guard lock(mutex_);
  directories_.erase(without_slash(name));
  return IOStatus::OK();
}

IOStatus SimulatedDisk::GetFileSize(const std::string& name, const IOOptions&, std::uint64_t* size,
                                    IODebugContext*) {
  const std::lock_guard lock(mutex_);
  const auto inode = find(name);
  if (!inode) return not_found(name);
  *size = inode->bytes.size();
  return IOStatus::OK();
}

IOStatus SimulatedDisk::GetFileModificationTime(const std::string& name, const IOOptions&,
                                                std::uint64_t* time, IODebugContext*) {
  const std::lock_guard lock(mutex_);
  *time = 0;
  return names_.contains(name) ? IOStatus::OK() : not_found(name);
}

IOStatus SimulatedDisk::RenameFile(const std::string& from, const std::string& to, const IOOptions&,
                                   IODebugContext*) {
  const std::lock_guard lock(mutex_);
  const auto [status, done] = judge(false);
  if (done < 1000) return status;
  auto inode = find(from);
  if (!inode) return not_found(from);
  change({from, to, std::move(inode)});
  return status;
}

IOStatus SimulatedDisk::LockFile(const std::string&, const IOOptions&, rocksdb::FileLock** lock,
                                 IODebugContext*) {
  *lock = new rocksdb::FileLock;
  return IOStatus::OK();
}

IOStatus SimulatedDisk::UnlockFile(rocksdb::FileLock* lock, const IOOptions&, IODebugContext*) {
  delete lock;
  return IOStatus::OK();
}

IOStatus SimulatedDisk::GetTestDirectory(const IOOptions&, std::string* path, IODebugContext*) {
  *path = "/test";
  return IOStatus::OK();
}

IOStatus SimulatedDisk::GetAbsolutePath(const std::string& path, const IOOptions&,
                                        std::string* result, IODebugContext*) {
  *result = path;
  return IOStatus::OK();
}

IOStatus SimulatedDisk::IsDirectory(const std::string& path, const IOOptions&, bool* is,
                                    IODebugContext*) {
  const std::lock_guard lock(mutex_);
  *is = directories_.contains(without_slash(path));
  return IOStatus::OK();
}

}  // namespace votemu::sim
