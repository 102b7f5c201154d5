// Multipart uploads until they are complete or aborted: their parts are blobs already.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/runtime.h"
#include "services/s3/blobs.h"
#include "services/s3/bucket.h"

namespace votemu::s3 {

struct Upload {
  std::string key;
  std::string id;
  std::int64_t began_ms = 0;
  std::uint64_t size = 0;                        // of all its parts
  core::Json attributes = core::Json::object();  // of the object to be
  core::Json tags = core::Json::array();
  std::string checksum_algorithm;  // "" when the client asked for none
  std::string checksum_type;       // "COMPOSITE" or "FULL_OBJECT", "" without an algorithm
};

struct Part {
  std::int64_t number = 0;
  std::int64_t modified_ms = 0;
  std::string etag;  // without quotes: the MD5 in hex
  std::uint64_t size = 0;
  BlobList blobs;
  std::string checksum;  // base64, of the upload's algorithm
};

class Uploads {
 public:
  Uploads(const core::Runtime& runtime, Blobs& blobs) : store_(runtime.store), blobs_(blobs) {}

  // Throws NoSuchUpload.
  Upload require(const Bucket& bucket, const std::string& key, const std::string& id) const;
  void save(const Bucket& bucket, const Upload& upload);
  // In the order of keys, then of ids.
  std::vector<Upload> all(const Bucket& bucket) const;

  std::optional<Part> part(const Upload& upload, std::int64_t number) const;
  std::vector<Part> parts(const Upload& upload) const;  // by number
  // The part owns its blobs; one that it replaces is erased.
  void save_part(const Bucket& bucket, Upload& upload, const Part& part);

  // With every part; their blobs too unless the object has them now.
  void erase(const Bucket& bucket, const Upload& upload);
  void erase_keeping_blobs(const Bucket& bucket, const Upload& upload);

 private:
  core::Store& store_;
  Blobs& blobs_;
};

}  // namespace votemu::s3
