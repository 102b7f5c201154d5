// ListObjects, ListObjectsV2.
#include "core/aws_error.h"
#include "core/members.h"
#include "handlers/abi/base64.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"
#include "services/s3/list_request.h"
#include "services/s3/object_request.h"
#include "services/s3/operations.h"

namespace votemu::s3 {
namespace {

struct Page {
  Json contents = Json::array();
  Json common_prefixes = Json::array();
  bool truncated = false;
  std::string last;  // the key or common prefix at which it ends
  std::size_t size() const { return contents.size() + common_prefixes.size(); }
};

Json told_object(const ListRequest& list, const std::string& key, const ObjectVersion& version) {
  Json told = {{"Key", list.spelled(key)},
               {"LastModified", version.last_modified()},
               {"ETag", quoted_etag(version.etag)},
               {"Size", version.size},
               {"StorageClass", version.attributes.value("StorageClass", "STANDARD")}};
  Json algorithms = Json::array();
  for (const auto& algorithm : checksum_algorithms()) {
    if (version.attributes.contains(algorithm.member)) algorithms.push_back(algorithm.name);
  }
  if (!algorithms.empty()) {
    told["ChecksumAlgorithm"] = std::move(algorithms);
    told["ChecksumType"] = version.attributes.value("ChecksumType", "FULL_OBJECT");
  }
  return told;
}

// Walks the current versions of the keys that the list is about.
class Walk {
 public:
  Walk(const core::Store& store, const Bucket& bucket, const ListRequest& list, std::string after)
      : store_(store),
        bucket_(bucket),
        list_(list),
        rows_(key_in(core::Table::s3_object, bucket)),
        after_(std::move(after)),
        cursor_(store.scan_from(rows_, start().bytes())) {}

  Page page() {
    if (list_.most == 0) return {};
    page_.last = after_;
    for (std::size_t rows = 0; cursor_.valid(); ++rows) {
      const auto key = key_of_object_row(cursor_.key());
      if (!key.starts_with(list_.prefix)) break;
      if (rows == limits::max_rows_per_page) {
        page_.truncated = true;
        break;
      }
      if (!take(key)) break;
    }
    return std::move(page_);
  }

 private:
  core::Key start() const {
    auto from = key_in(core::Table::s3_object, bucket_);
    if (after_ < list_.prefix) return std::move(from.text(list_.prefix));
    if (list_.common_prefix(after_) == after_) return std::move(from.text(after_all(after_)));
    return std::move(from.text(after_).number(std::numeric_limits<std::uint64_t>::max()));
  }

  // False when the page is full.
  bool take(const std::string& key) {
    if (key == seen_) {
      cursor_.next();
      return true;
    }
    const auto row = read_object_row(cursor_);
    seen_ = key;
    if (row.version.delete_marker) {
      page_.last = key;
      cursor_.next();
      return true;
    }
    if (page_.size() == list_.most) {
      page_.truncated = true;
      return false;
    }
    if (const auto prefix = list_.common_prefix(key)) {
      page_.common_prefixes.push_back({{"Prefix", list_.spelled(*prefix)}});
      page_.last = *prefix;
      auto behind = key_in(core::Table::s3_object, bucket_);
      cursor_ = store_.scan_from(rows_, behind.text(after_all(*prefix)));
      return true;
    }
    page_.contents.push_back(told_object(list_, key, row.version));
    page_.last = key;
    cursor_.next();
    return true;
  }

  const core::Store& store_;
  const Bucket& bucket_;
  const ListRequest& list_;
  const core::Key rows_;
  const std::string after_;
  core::Store::Cursor cursor_;
  std::string seen_;
  Page page_;
};

void tell(Json& answer, const Bucket& bucket, Page& page) {
  answer["Name"] = bucket.name;
  answer["IsTruncated"] = page.truncated;
  answer["Contents"] = std::move(page.contents);
  answer["CommonPrefixes"] = std::move(page.common_prefixes);
}

Json list_objects(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  const auto list = ListRequest::from(request, "MaxKeys");
  const auto marker = core::string_member(request, "Marker").value_or("");
  auto page = Walk(shelf.runtime.store, bucket, list, marker).page();
  Json answer = list.echoed("MaxKeys");
  answer["Marker"] = list.spelled(marker);
  if (page.truncated) answer["NextMarker"] = list.spelled(page.last);
  tell(answer, bucket, page);
  for (auto& object : answer["Contents"]) {
    object["Owner"] = owner(context.scope.account);
  }
  return answer;
}

std::string decoded_token(const std::string& token) {
  try {
    return abi::base64_decode(token);
  } catch (const core::AwsError&) {
    throw invalid_argument("The continuation token provided is incorrect", "continuation-token",
                           token);
  }
}

Json list_objects_v2(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  const auto list = ListRequest::from(request, "MaxKeys");
  const auto start_after = core::string_member(request, "StartAfter");
  const auto token = core::string_member(request, "ContinuationToken");
  const auto after = token ? decoded_token(*token) : start_after.value_or("");
  auto page = Walk(shelf.runtime.store, bucket, list, after).page();
  Json answer = list.echoed("MaxKeys");
  answer["KeyCount"] = page.size();
  if (start_after) answer["StartAfter"] = list.spelled(*start_after);
  if (token) answer["ContinuationToken"] = *token;
  if (page.truncated) answer["NextContinuationToken"] = abi::base64_encode(page.last);
  tell(answer, bucket, page);
  if (core::boolean_member(request, "FetchOwner").value_or(false)) {
    for (auto& object : answer["Contents"]) {
      object["Owner"] = owner(context.scope.account);
    }
  }
  return answer;
}

}  // namespace

void add_list_operations(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "ListObjects", list_objects);
  add(table, shelf, "ListObjectsV2", list_objects_v2);
}

}  // namespace votemu::s3
