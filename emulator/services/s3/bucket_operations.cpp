// CreateBucket, HeadBucket, ListBuckets, DeleteBucket, GetBucketLocation.
#include <algorithm>

#include "core/calendar.h"
#include "core/ids.h"
#include "core/members.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"
#include "services/s3/operations.h"

namespace votemu::s3 {
namespace {

constexpr std::string_view first_region = core::default_region;  // S3's own, without a constraint

core::AwsError incompatible_location(const std::string& which) {
  return error("IllegalLocationConstraintException",
               "The " + which +
                   " location constraint is incompatible for the region specific endpoint this "
                   "request was sent to.",
               400);
}

bool is_region(std::string_view text) {
  return std::ranges::count(text, '-') >= 2 &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

// Only the first region's endpoint makes buckets elsewhere.
std::string region_for(const RequestContext& context, const Json& request) {
  const Json* configuration = core::object_member(request, "CreateBucketConfiguration");
  auto wanted = configuration ? core::string_member(*configuration, "LocationConstraint")
                              : std::optional<std::string>();
  const std::string& here = context.scope.region;
  if (!wanted || wanted->empty()) {
    if (here != first_region) throw incompatible_location("unspecified");
    return here;
  }
  if (*wanted == "EU") wanted = "eu-west-1";
  if (*wanted == first_region || !is_region(*wanted)) {
    throw error("InvalidLocationConstraint", "The specified location-constraint is not valid", 400,
                {{"LocationConstraint", *wanted}});
  }
  if (here != first_region && here != *wanted) throw incompatible_location(*wanted);
  return *wanted;
}

// What AWS gives every new bucket.
Json default_settings() {
  return {{"PublicAccessBlock",
           {{"PublicAccessBlockConfiguration",
             {{"BlockPublicAcls", true},
              {"IgnorePublicAcls", true},
              {"BlockPublicPolicy", true},
              {"RestrictPublicBuckets", true}}}}},
          {"OwnershipControls",
           {{"OwnershipControls",
             {{"Rules", Json::array({{{"ObjectOwnership", "BucketOwnerEnforced"}}})}}}}}};
}

Json create_bucket(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto name = core::string_member(request, "Bucket").value_or("");
  if (!is_bucket_name(name)) {
    throw error("InvalidBucketName", "The specified bucket is not valid.", 400,
                {{"BucketName", name}});
  }
  const auto region = region_for(context, request);
  const Json created = {
      {"Location", region == first_region ? "/" + name : "http://" + name + ".s3.amazonaws.com/"}};
  if (const auto existing = shelf.buckets.find(context.scope.account, name)) {
    if (existing->region == first_region && region == first_region) return created;
    throw error("BucketAlreadyOwnedByYou",
                "Your previous request to create the named bucket succeeded and you already own "
                "it.",
                409, {{"BucketName", name}});
  }
  if (shelf.buckets.all(context.scope.account).size() >= limits::max_buckets) {
    throw error("TooManyBuckets", "You have attempted to create more buckets than allowed", 400);
  }
  shelf.buckets.save(
      {context.scope.account, name, region, shelf.runtime.clock.now_ms(), default_settings()});
  return created;
}

Json head_bucket(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  return {
      {"BucketArn", bucket.arn()}, {"BucketRegion", bucket.region}, {"AccessPointAlias", false}};
}

Json get_bucket_location(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  if (bucket.region == first_region) return Json::object();
  return {{"LocationConstraint", bucket.region}};
}

Json list_buckets(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto prefix = core::string_member(request, "Prefix").value_or("");
  const auto region = core::string_member(request, "BucketRegion");
  const auto after = core::string_member(request, "ContinuationToken").value_or("");
  const auto limit =
      core::integer_member(request, "MaxBuckets").value_or(limits::max_listed_buckets);
  if (limit < 1 || limit > limits::max_listed_buckets) {
    throw invalid_argument("Argument max-buckets must be an integer between 1 and 10000",
                           "max-buckets", std::to_string(limit));
  }
  Json page = Json::array();
  Json answer = {{"Owner", owner(context.scope.account)}};
  for (const auto& bucket : shelf.buckets.all(context.scope.account)) {
    if (bucket.name <= after || !bucket.name.starts_with(prefix)) continue;
    if (region && bucket.region != *region) continue;
    if (page.size() == static_cast<std::size_t>(limit)) {
      answer["ContinuationToken"] = page.back()["Name"];
      break;
    }
    page.push_back(
        {{"Name", bucket.name},
         {"CreationDate", core::iso8601_ms(bucket.created_ms - bucket.created_ms % 1000)},
         {"BucketRegion", bucket.region}});
  }
  answer["Buckets"] = std::move(page);
  if (!prefix.empty()) answer["Prefix"] = prefix;
  return answer;
}

Json delete_bucket(Shelf& shelf, const RequestContext& context, const Json& request) {
  const auto bucket = shelf.buckets.require(context, request);
  if (shelf.objects.any(bucket)) {
    const bool versioned = bucket.versioning() != Versioning::never;
    throw error("BucketNotEmpty",
                versioned ? "The bucket you tried to delete is not empty. You must delete all "
                            "versions in the bucket."
                          : "The bucket you tried to delete is not empty",
                409, {{"BucketName", bucket.name}});
  }
  for (const auto& upload : shelf.uploads.all(bucket)) shelf.uploads.erase(bucket, upload);
  shelf.buckets.erase(bucket);
  return Json::object();
}

}  // namespace

void add_bucket_operations(core::OperationTable& table, Shelf& shelf) {
  add(table, shelf, "CreateBucket", create_bucket);
  add(table, shelf, "HeadBucket", head_bucket);
  add(table, shelf, "GetBucketLocation", get_bucket_location);
  add(table, shelf, "ListBuckets", list_buckets);
  add(table, shelf, "DeleteBucket", delete_bucket);
}

}  // namespace votemu::s3
