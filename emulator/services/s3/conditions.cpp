#include "services/s3/conditions.h"

#include "core/members.h"
#include "services/s3/errors.h"
#include "services/s3/object_request.h"

namespace votemu::s3 {
namespace {

using core::Json;

core::AwsError precondition_failed(const std::string& condition) {
  return error("PreconditionFailed",
               "At least one of the pre-conditions you specified did not hold", 412,
               {{"Condition", condition}});
}

// A list of entity tags, or "*".
bool names(std::string_view tags, std::string_view etag) {
  while (!tags.empty()) {
    auto tag = tags.substr(0, tags.find(','));
    tags.remove_prefix(std::min(tag.size() + 1, tags.size()));
    while (tag.starts_with(' ')) tag.remove_prefix(1);
    while (tag.ends_with(' ')) tag.remove_suffix(1);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    tag = without_quotes(tag);
    if (tag == "*" || tag == etag) return true;
  }
  return false;
}

struct Verdict {
  std::string failed;  // the condition that did not hold, "" when all did
  bool unchanged = false;
};

// RFC 9110 13.2.2. Times are ISO 8601 text, which compares as the times do.
Verdict judge(const Json& request, const std::string& prefix, const ObjectVersion& version) {
  const auto member = [&](const char* name) { return core::string_member(request, prefix + name); };
  if (const auto tags = member("IfMatch")) {
    if (!names(*tags, version.etag)) return {"If-Match", false};
  } else if (const auto time = member("IfUnmodifiedSince")) {
    if (version.last_modified() > *time) return {"If-Unmodified-Since", false};
  }
  if (const auto tags = member("IfNoneMatch")) {
    return {"", names(*tags, version.etag)};
  }
  if (const auto time = member("IfModifiedSince")) {
    return {"", version.last_modified() <= *time};
  }
  return {};
}

}  // namespace

void check_read_conditions(const Json& request, const ObjectVersion& version) {
  const auto verdict = judge(request, "", version);
  if (!verdict.failed.empty()) throw precondition_failed(verdict.failed);
  if (!verdict.unchanged) return;
  throw error("NotModified", "Not Modified", 304,
              {{"headers", {{"ETag", quoted_etag(version.etag)}}}});
}

void check_copy_conditions(const Json& request, const ObjectVersion& version) {
  const auto verdict = judge(request, "CopySource", version);
  if (!verdict.failed.empty()) throw precondition_failed("x-amz-copy-source-" + verdict.failed);
  if (verdict.unchanged) throw precondition_failed("x-amz-copy-source-If-None-Match");
}

void check_write_conditions(const Json& request, const std::string& key,
                            const std::optional<ObjectVersion>& current) {
  const bool exists = current && !current->delete_marker;
  if (const auto tags = core::string_member(request, "IfNoneMatch")) {
    if (exists && names(*tags, current->etag)) throw precondition_failed("If-None-Match");
  }
  if (const auto tags = core::string_member(request, "IfMatch")) {
    if (!exists) throw no_such_key(key);
    if (!names(*tags, current->etag)) throw precondition_failed("If-Match");
  }
}

}  // namespace votemu::s3
