#include "services/s3/uploads.h"

#include "core/keys.h"
#include "services/s3/errors.h"

namespace votemu::s3 {
namespace {

using core::Json;

core::Key upload_key(const Bucket& bucket, const std::string& key, const std::string& id) {
  auto row = key_in(core::Table::s3_upload, bucket);
  row.text(key).text(id);
  return row;
}

core::Key parts_of(const Upload& upload) {
  core::Key key(core::Table::s3_part);
  key.text(upload.id);
  return key;
}

core::Key part_key(const Upload& upload, std::int64_t number) {
  auto key = parts_of(upload);
  key.number(static_cast<std::uint64_t>(number));
  return key;
}

Json to_row(const Upload& upload) {
  return {{"BeganMs", upload.began_ms},
          {"Size", upload.size},
          {"Attributes", upload.attributes},
          {"Tags", upload.tags},
          {"ChecksumAlgorithm", upload.checksum_algorithm},
          {"ChecksumType", upload.checksum_type}};
}

Upload upload_from_row(std::string key, std::string id, std::string_view text) {
  const auto row = core::parse_own_json(text);
  Upload upload;
  upload.key = std::move(key);
  upload.id = std::move(id);
  upload.began_ms = row.at("BeganMs").get<std::int64_t>();
  upload.size = row.at("Size").get<std::uint64_t>();
  upload.attributes = row.at("Attributes");
  upload.tags = row.at("Tags");
  upload.checksum_algorithm = row.at("ChecksumAlgorithm").get<std::string>();
  upload.checksum_type = row.at("ChecksumType").get<std::string>();
  return upload;
}

Json to_row(const Part& part) {
  return {{"ModifiedMs", part.modified_ms},
          {"ETag", part.etag},
          {"Size", part.size},
          {"Blobs", to_json(part.blobs)},
          {"Checksum", part.checksum}};
}

Part part_from_row(std::int64_t number, std::string_view text) {
  const auto row = core::parse_own_json(text);
  Part part;
  part.number = number;
  part.modified_ms = row.at("ModifiedMs").get<std::int64_t>();
  part.etag = row.at("ETag").get<std::string>();
  part.size = row.at("Size").get<std::uint64_t>();
  part.blobs = blobs_from_json(row.at("Blobs"));
  part.checksum = row.at("Checksum").get<std::string>();
  return part;
}

}  // namespace

Upload Uploads::require(const Bucket& bucket, const std::string& key, const std::string& id) const {
  const auto row = store_.get(upload_key(bucket, key, id));
  if (!row) throw no_such_upload(id);
  return upload_from_row(key, id, *row);
}

void Uploads::save(const Bucket& bucket, const Upload& upload) {
  store_.put(upload_key(bucket, upload.key, upload.id), core::dump_json(to_row(upload)));
}

std::vector<Upload> Uploads::all(const Bucket& bucket) const {
  std::vector<Upload> found;
  for (auto row = store_.scan(key_in(core::Table::s3_upload, bucket)); row.valid(); row.next()) {
    core::KeyReader reader(row.key());
    for (int component = 0; component < 3; ++component) static_cast<void>(reader.text());
    std::string key = reader.text();
    found.push_back(upload_from_row(std::move(key), reader.text(), row.value()));
  }
  return found;
}

std::optional<Part> Uploads::part(const Upload& upload, std::int64_t number) const {
  const auto row = store_.get(part_key(upload, number));
  if (!row) return std::nullopt;
  return part_from_row(number, *row);
}

std::vector<Part> Uploads::parts(const Upload& upload) const {
  std::vector<Part> found;
  for (auto row = store_.scan(parts_of(upload)); row.valid(); row.next()) {
    core::KeyReader reader(row.key());
    static_cast<void>(reader.text());
    found.push_back(part_from_row(static_cast<std::int64_t>(reader.number()), row.value()));
  }
  return found;
}

void Uploads::save_part(const Bucket& bucket, Upload& upload, const Part& part) {
  if (const auto replaced = this->part(upload, part.number)) {
    blobs_.release(replaced->blobs);
    upload.size -= replaced->size;
  }
  upload.size += part.size;
  store_.put(part_key(upload, part.number), core::dump_json(to_row(part)));
  save(bucket, upload);
}

void Uploads::erase(const Bucket& bucket, const Upload& upload) {
  for (const auto& part : parts(upload)) blobs_.release(part.blobs);
  erase_keeping_blobs(bucket, upload);
}

void Uploads::erase_keeping_blobs(const Bucket& bucket, const Upload& upload) {
  store_.erase_prefix(parts_of(upload));
  store_.erase(upload_key(bucket, upload.key, upload.id));
}

}  // namespace votemu::s3
