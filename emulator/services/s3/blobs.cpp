#include "services/s3/blobs.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "core/keys.h"
#include "services/s3/limits.h"

namespace votemu::s3 {
namespace {

core::Key chunk_key(std::uint64_t blob, std::uint64_t index) {
  core::Key key(core::Table::s3_chunk);
  key.number(blob).number(index);
  return key;
}

core::Key blob_key(std::uint64_t blob) {
  core::Key key(core::Table::s3_blob);
  key.number(blob);
  return key;
}

std::uint64_t chunk_count(const Blob& blob) {
  return (blob.size + limits::chunk_bytes - 1) / limits::chunk_bytes;
}

// Walks a range of a list of blobs, chunk by chunk.
class ChunkWalk {
 public:
  ChunkWalk(BlobList blobs, ByteRange range) : blobs_(std::move(blobs)), range_(range) {}

  // The next bytes, "" at the end. `get` gives a chunk's row.
  template <class Get>
  std::string next(const Get& get) {
    if (range_.size == 0) return {};
    while (range_.first >= blobs_[blob_].size) range_.first -= blobs_[blob_++].size;
    const auto chunk = get(chunk_key(blobs_[blob_].id, range_.first / limits::chunk_bytes));
    const std::uint64_t offset = range_.first % limits::chunk_bytes;
    if (!chunk || chunk->size() <= offset) throw std::runtime_error("an object's bytes are gone");
    std::string bytes = chunk->substr(offset, range_.size);
    range_.first += bytes.size();
    range_.size -= bytes.size();
    return bytes;
  }

 private:
  BlobList blobs_;
  ByteRange range_;
  std::size_t blob_ = 0;
};

// What was committed when it was opened; what had only been written by then is read as it is.
class BlobSource final : public core::ByteSource {
 public:
  BlobSource(const core::Store& store, BlobList blobs, ByteRange range)
      : store_(store), snapshot_(store.snapshot()), walk_(std::move(blobs), range) {}

  std::string next() override {
    return walk_.next([this](const core::Key& key) {
      auto chunk = snapshot_->get(key);
      return chunk ? std::move(chunk) : store_.get(key);
    });
  }

 private:
  const core::Store& store_;
  std::unique_ptr<core::Store::Snapshot> snapshot_;
  ChunkWalk walk_;
};

}  // namespace

std::uint64_t total_size(const BlobList& blobs) {
  return std::accumulate(blobs.begin(), blobs.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const Blob& blob) { return sum + blob.size; });
}

core::Json to_json(const BlobList& blobs) {
  core::Json row = core::Json::array();
  for (const auto& blob : blobs) row.push_back({blob.id, blob.size});
  return row;
}

BlobList blobs_from_json(const core::Json& row) {
  BlobList blobs;
  for (const auto& blob : row) {
    blobs.push_back({blob.at(0).get<std::uint64_t>(), blob.at(1).get<std::uint64_t>()});
  }
  return blobs;
}

BlobList Blobs::write(std::string_view bytes) {
  if (bytes.empty()) return {};
  std::uint64_t id = random_.next();
  while (store_.get(chunk_key(id, 0))) id = random_.next();
  const Blob blob{id, bytes.size()};
  for (std::uint64_t index = 0; index < chunk_count(blob); ++index) {
    store_.put(chunk_key(id, index),
               bytes.substr(index * limits::chunk_bytes, limits::chunk_bytes));
  }
  return {blob};
}

void Blobs::share(const BlobList& blobs) {
  for (const auto& blob : blobs) {
    const auto others = store_.get(blob_key(blob.id));
    store_.put(blob_key(blob.id), std::to_string((others ? std::stoull(*others) : 0) + 1));
  }
}

void Blobs::release(const BlobList& blobs) {
  for (const auto& blob : blobs) {
    if (const auto others = store_.get(blob_key(blob.id))) {
      const auto left = std::stoull(*others) - 1;
      if (left == 0) store_.erase(blob_key(blob.id));
      if (left > 0) store_.put(blob_key(blob.id), std::to_string(left));
      continue;
    }
    for (std::uint64_t index = 0; index < chunk_count(blob); ++index) {
      store_.erase(chunk_key(blob.id, index));
    }
  }
}

std::string Blobs::read(const BlobList& blobs, ByteRange range) const {
  std::string bytes;
  bytes.reserve(range.size);
  ChunkWalk walk(blobs, range);
  while (bytes.size() < range.size) {
    bytes += walk.next([this](const core::Key& key) { return store_.get(key); });
  }
  return bytes;
}

std::unique_ptr<core::ByteSource> Blobs::open(BlobList blobs, ByteRange range) const {
  return std::make_unique<BlobSource>(store_, std::move(blobs), range);
}

}  // namespace votemu::s3
