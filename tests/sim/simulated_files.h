// The open files of a SimulatedDisk, for its own source alone.
#pragma once

#include <algorithm>
#include <utility>

#include "tests/sim/simulated_disk.h"

namespace votemu::sim {

class SimulatedDisk::SequentialFile final : public rocksdb::FSSequentialFile {
 public:
  explicit SequentialFile(InodePtr inode) : inode_(std::move(inode)) {}

  rocksdb::IOStatus Read(std::size_t most, const rocksdb::IOOptions&, rocksdb::Slice* result,
                         char* scratch, rocksdb::IODebugContext*) override {
    const std::size_t size = inode_->bytes.copy(scratch, most, at_);
    *result = rocksdb::Slice(scratch, size);
    at_ += size;
    return rocksdb::IOStatus::OK();
  }
  rocksdb::IOStatus Skip(std::uint64_t count) override {
    at_ = std::min<std::size_t>(at_ + count, inode_->bytes.size());
    return rocksdb::IOStatus::OK();
  }

 private:
  InodePtr inode_;
  std::size_t at_ = 0;
};

class SimulatedDisk::RandomAccessFile final : public rocksdb::FSRandomAccessFile {
 public:
  explicit RandomAccessFile(InodePtr inode) : inode_(std::move(inode)) {}

  rocksdb::IOStatus Read(std::uint64_t at, std::size_t most, const rocksdb::IOOptions&,
                         rocksdb::Slice* result, char* scratch,
                         rocksdb::IODebugContext*) const override {
    const std::size_t from = std::min<std::size_t>(at, inode_->bytes.size());
    *result = rocksdb::Slice(scratch, inode_->bytes.copy(scratch, most, from));
    return rocksdb::IOStatus::OK();
  }

 private:
  InodePtr inode_;
};

class SimulatedDisk::WritableFile final : public rocksdb::FSWritableFile {
 public:
  WritableFile(SimulatedDisk& disk, InodePtr inode) : disk_(disk), inode_(std::move(inode)) {}

  using rocksdb::FSWritableFile::Append;
  rocksdb::IOStatus Append(const rocksdb::Slice& bytes, const rocksdb::IOOptions&,
                           rocksdb::IODebugContext*) override {
    return disk_.append(*inode_, bytes);
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return disk_.sync(*inode_);
  }
  // What was appended is the operating system's already.
  rocksdb::IOStatus Flush(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return rocksdb::IOStatus::OK();
  }
  rocksdb::IOStatus Close(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return rocksdb::IOStatus::OK();
  }
  std::uint64_t GetFileSize(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return inode_->bytes.size();
  }

 private:
  SimulatedDisk& disk_;
  InodePtr inode_;
};

class SimulatedDisk::Directory final : public rocksdb::FSDirectory {
 public:
  explicit Directory(SimulatedDisk& disk) : disk_(disk) {}
  rocksdb::IOStatus Fsync(const rocksdb::IOOptions&, rocksdb::IODebugContext*) override {
    return disk_.sync_directory();
  }

 private:
  SimulatedDisk& disk_;
};

}  // namespace votemu::sim
