// The bytes of objects, apart from what is known about them: in chunks, each a row of the store.
//
// A blob is written once and never changed. Objects that are copies of each other share theirs.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/byte_source.h"
#include "core/json.h"
#include "core/runtime.h"

namespace votemu::s3 {

struct Blob {
  std::uint64_t id = 0;
  std::uint64_t size = 0;
};

// An object's bytes: blobs one after another.
using BlobList = std::vector<Blob>;

std::uint64_t total_size(const BlobList& blobs);
core::Json to_json(const BlobList& blobs);
BlobList blobs_from_json(const core::Json& row);

// Part of an object's bytes. `first` + `size` is not beyond their end.
struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t size = 0;
};

class Blobs {
 public:
  explicit Blobs(const core::Runtime& runtime) : store_(runtime.store), random_(runtime.random) {}

  // No blob at all for no bytes.
  BlobList write(std::string_view bytes);
  // One owner more.
  void share(const BlobList& blobs);
  // One owner less; the last one's bytes are erased.
  void release(const BlobList& blobs);

  std::string read(const BlobList& blobs, ByteRange range) const;
  // Reads on although the blobs are released meanwhile. The store must outlive it.
  std::unique_ptr<core::ByteSource> open(BlobList blobs, ByteRange range) const;

 private:
  core::Store& store_;
  core::Random& random_;
};

}  // namespace votemu::s3
