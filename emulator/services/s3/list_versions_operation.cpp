// ListObjectVersions.
#include <limits>

#include "core/members.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"
#include "services/s3/list_request.h"
#include "services/s3/object_request.h"
#include "services/s3/operations.h"

namespace votemu::s3 {
namespace {

// Where a page begins: behind a version, behind all versions of a key, or behind a common prefix.
core::Key start(const Shelf& shelf, const Bucket& bucket, const ListRequest& list,
                const std::string& key, const std::optional<std::string>& version_id) {
  auto from = key_in(core::Table::s3_object, bucket);
  if (key < list.prefix) return std::move(from.text(list.prefix));
  if (list.common_prefix(key) == key) return std::move(from.text(after_all(key)));
  const auto version = version_id ? shelf.objects.find(bucket, key, version_id) : std::nullopt;
  if (version) return object_key(bucket, key, version->sequence - 1);
  return std::move(from.text(key).number(std::numeric_limits<std::uint64_t>::max()));
}

Json told_version(const RequestContext& context, const ListRequest& list, const ObjectRow& row,
                  bool latest) {
  Json told = {{"Key", list.spelled(row.key)},
               {"VersionId", row.version.version_id},
               {"IsLatest", latest},
               {"LastModified", row.version.last_modified()},
               {"Owner", owner(context.scope.account)}};
  if (row.version.delete_marker) return told;
  told["ETag"] = quoted_etag(row.version.etag);
  told["Size"] = row.version.size;
  told["StorageClass"] = row.version.attributes.value("StorageClass", "STANDARD");
  return told;
}

Json list_object_versions(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  const auto list = ListRequest::from(request, "MaxKeys");
  const auto key_marker = core::string_member(request, "KeyMarker").value_or("");
  auto version_marker = core::string_member(request, "VersionIdMarker");
  if (version_marker && version_marker->empty()) version_marker.reset();
  if (version_marker && key_marker.empty()) {
    throw invalid_argument("A version-id marker cannot be specified without a key marker.",
                           "version-id-marker", *version_marker);
  }
  Json versions = Json::array();
  Json markers = Json::array();
  Json prefixes = Json::array();
  Json answer = list.echoed("MaxKeys");
  const auto rows = key_in(core::Table::s3_object, bucket);
  auto cursor =
      shelf.runtime.store.scan_from(rows, start(shelf, bucket, list, key_marker, version_marker));
  std::string previous = version_marker ? key_marker : std::string();
  std::string last_key;
  std::string last_version;
  bool truncated = false;
  while (list.most > 0 && cursor.valid()) {
    const auto key = key_of_object_row(cursor.key());
    if (!key.starts_with(list.prefix)) break;
    truncated = versions.size() + markers.size() + prefixes.size() == list.most;
    if (truncated) break;
    if (const auto prefix = list.common_prefix(key)) {
      prefixes.push_back({{"Prefix", list.spelled(*prefix)}});
      last_key = *prefix;
      last_version.clear();
      auto behind = key_in(core::Table::s3_object, bucket);
      cursor = shelf.runtime.store.scan_from(rows, behind.text(after_all(*prefix)));
      continue;
    }
    const auto row = read_object_row(cursor);
    auto& kind = row.version.delete_marker ? markers : versions;
    kind.push_back(told_version(context, list, row, key != previous));
    previous = last_key = key;
    last_version = row.version.version_id;
    cursor.next();
  }
  if (truncated) {
    answer["NextKeyMarker"] = list.spelled(last_key);
    if (!last_version.empty()) answer["NextVersionIdMarker"] = last_version;
  }
  answer["Name"] = bucket.name;
  answer["KeyMarker"] = list.spelled(key_marker);
  answer["VersionIdMarker"] = version_marker.value_or("");
  answer["IsTruncated"] = truncated;
  answer["Versions"] = std::move(versions);
  answer["DeleteMarkers"] = std::move(markers);
  answer["CommonPrefixes"] = std::move(prefixes);
  return answer;
}

}  // namespace

void add_list_versions_operation(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "ListObjectVersions", list_object_versions);
}

}  // namespace votemu::s3
