// Objects as rows: every version of every key, the newest first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"
#include "core/runtime.h"
#include "services/s3/blobs.h"
#include "services/s3/bucket.h"

namespace votemu::s3 {

inline constexpr std::string_view null_version = "null";  // of a bucket without versioning

struct ObjectVersion {
  std::uint64_t sequence = 0;  // among the key's versions; the greatest is the current one
  std::string version_id{null_version};
  bool delete_marker = false;
  std::int64_t modified_ms = 0;
  std::string etag;  // without quotes
  std::uint64_t size = 0;
  BlobList blobs;
  // What the client said about it and gets back, by GetObject's names: ContentType, Metadata, …
  core::Json attributes = core::Json::object();
  core::Json tags = core::Json::array();  // a TagSet
  std::size_t part_count = 0;             // of a multipart upload, else 0
  // Where the null version may be found among the older ones; 0 when there is none.
  std::uint64_t null_sequence = 0;

  std::string last_modified() const;  // ISO 8601, whole seconds as HTTP has them
};

core::Key object_key(const Bucket& bucket, std::string_view key, std::uint64_t sequence);

// A row as a cursor over key_in(Table::s3_object, bucket) finds it.
struct ObjectRow {
  std::string key;
  ObjectVersion version;
};
std::string key_of_object_row(std::string_view row_key);
ObjectRow read_object_row(const core::Store::Cursor& row);

class Objects {
 public:
  explicit Objects(const core::Runtime& runtime)
      : store_(runtime.store), random_(runtime.random), clock_(runtime.clock), blobs_(runtime) {}

  // The current version, which may be a delete marker.
  std::optional<ObjectVersion> latest(const Bucket& bucket, const std::string& key) const;
  // The named version, or the current one for nullopt. Throws InvalidArgument for what cannot be a
  // version's id.
  std::optional<ObjectVersion> find(const Bucket& bucket, const std::string& key,
                                    const std::optional<std::string>& version_id) const;
  // Adds the version as the current one, now, and as the bucket's versioning wants it: what it
  // replaces is erased. It owns its blobs from then on. Sets its sequence, id and time.
  void add(const Bucket& bucket, const std::string& key, ObjectVersion& version);
  // Replaces the row: only attributes and tags may differ.
  void save(const Bucket& bucket, const std::string& key, const ObjectVersion& version);
  void erase(const Bucket& bucket, const std::string& key, const ObjectVersion& version);
  bool any(const Bucket& bucket) const;

  Blobs& blobs() { return blobs_; }
  const Blobs& blobs() const { return blobs_; }

 private:
  std::optional<ObjectVersion> at(const Bucket& bucket, const std::string& key,
                                  std::uint64_t sequence) const;
  std::optional<ObjectVersion> find_null(const Bucket& bucket, const std::string& key) const;

  core::Store& store_;
  core::Random& random_;
  core::Clock& clock_;
  Blobs blobs_;
};

}  // namespace votemu::s3
