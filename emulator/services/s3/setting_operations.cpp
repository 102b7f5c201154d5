// A bucket's settings: put, given back and deleted as they are. Versioning and encryption are all
// that votemu acts on.
#include "core/members.h"
#include "services/s3/errors.h"
#include "services/s3/limits.h"
#include "services/s3/operations.h"
#include "services/s3/tag_set.h"

namespace votemu::s3 {
namespace {

struct Setting {
  const char* name;           // in the bucket's row
  const char* put_operation;  // "": cannot be set here
  const char* get_operation;
  const char* delete_operation;  // "": cannot be deleted
  const char* put_member;        // of the request
  // The response's member; "": the value's members are the response's.
  const char* get_member;
  // What is answered when it is not set: an error, or `absent` when there is no code.
  const char* absent_code = "";
  const char* absent_message = "";
  const char* absent = "{}";
};

constexpr Setting settings[] = {
    {"Versioning", "PutBucketVersioning", "GetBucketVersioning", "", "VersioningConfiguration", ""},
    {"Encryption", "PutBucketEncryption", "GetBucketEncryption", "DeleteBucketEncryption",
     "ServerSideEncryptionConfiguration", "ServerSideEncryptionConfiguration", "", "",
     R"({"ServerSideEncryptionConfiguration": {"Rules": [{"ApplyServerSideEncryptionByDefault":
        {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": false}]}})"},
    {"Policy", "PutBucketPolicy", "GetBucketPolicy", "DeleteBucketPolicy", "Policy", "Policy",
     "NoSuchBucketPolicy", "The bucket policy does not exist"},
    {"PublicAccessBlock", "PutPublicAccessBlock", "GetPublicAccessBlock", "DeletePublicAccessBlock",
     "PublicAccessBlockConfiguration", "PublicAccessBlockConfiguration",
     "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"},
    {"OwnershipControls", "PutBucketOwnershipControls", "GetBucketOwnershipControls",
     "DeleteBucketOwnershipControls", "OwnershipControls", "OwnershipControls",
     "OwnershipControlsNotFoundError", "The bucket ownership controls were not found"},
    {"Tagging", "PutBucketTagging", "GetBucketTagging", "DeleteBucketTagging", "Tagging", "",
     "NoSuchTagSet", "The TagSet does not exist"},
    {"Lifecycle", "PutBucketLifecycleConfiguration", "GetBucketLifecycleConfiguration",
     "DeleteBucketLifecycle", "LifecycleConfiguration", "", "NoSuchLifecycleConfiguration",
     "The lifecycle configuration does not exist"},
    {"Cors", "PutBucketCors", "GetBucketCors", "DeleteBucketCors", "CORSConfiguration", "",
     "NoSuchCORSConfiguration", "The CORS configuration does not exist"},
    {"Notification", "PutBucketNotificationConfiguration", "GetBucketNotificationConfiguration", "",
     "NotificationConfiguration", ""},
    {"Website", "", "GetBucketWebsite", "", "", "", "NoSuchWebsiteConfiguration",
     "The specified bucket does not have a website configuration"},
    {"Replication", "", "GetBucketReplication", "", "", "", "ReplicationConfigurationNotFoundError",
     "The replication configuration was not found"},
    {"ObjectLock", "", "GetObjectLockConfiguration", "", "", "",
     "ObjectLockConfigurationNotFoundError",
     "Object Lock configuration does not exist for this bucket"},
    {"Logging", "", "GetBucketLogging", "", "", ""},
    {"Accelerate", "", "GetBucketAccelerateConfiguration", "", "", ""},
    {"RequestPayment", "", "GetBucketRequestPayment", "", "", "", "", "",
     R"({"Payer": "BucketOwner"})"},
    {"PolicyStatus", "", "GetBucketPolicyStatus", "", "", "", "", "",
     R"({"PolicyStatus": {"IsPublic": false}})"},
};

void check_policy(const Json& value) {
  const auto malformed = [](const std::string& message) {
    return error("MalformedPolicy", message, 400);
  };
  if (!value.is_string())
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  const auto& text = value.get_ref<const std::string&>();
  if (text.size() > limits::max_policy_bytes) {
    throw malformed("Policy exceeds the maximum allowed document size.");
  }
  try {
    const Json policy = core::parse_json(text);
    if (policy.is_object() && policy.contains("Statement")) return;
  } catch (const core::AwsError&) {
    throw malformed("Policies must be valid JSON and the first byte must be '{'");
  }
  throw malformed("Missing required field Statement");
}

void check_versioning(const Json& value) {
  const auto status = core::string_member(value, "Status");
  if (!status || (*status != "Enabled" && *status != "Suspended")) {
    throw error("IllegalVersioningConfigurationException",
                "The Versioning element must be specified", 400);
  }
}

void check_encryption(const Json& value) {
  const Json* rules = core::array_member(value, "Rules");
  if (!rules || rules->size() != 1 || !rules->front().is_object()) throw malformed_xml();
  const Json* by_default =
      core::object_member(rules->front(), "ApplyServerSideEncryptionByDefault");
  if (!by_default) return;
  const auto algorithm = core::string_member(*by_default, "SSEAlgorithm").value_or("");
  if (algorithm != "AES256" && algorithm != "aws:kms" && algorithm != "aws:kms:dsse") {
    throw malformed_xml();
  }
}

void check(const Setting& setting, const Json& value) {
  const std::string_view name = setting.name;
  if (name == "Policy") return check_policy(value);
  if (!value.is_object()) throw malformed_xml();
  if (core::dump_json(value).size() > limits::max_setting_bytes) throw malformed_xml();
  if (name == "Versioning") check_versioning(value);
  if (name == "Encryption") check_encryption(value);
  if (name == "Tagging") checked_tag_set(value, limits::max_bucket_tags);
}

Json put_setting(Shelf& shelf, const RequestContext& context, const Json& request,
                 const Setting& setting) {
  auto bucket = shelf.buckets.require(context, request);
  const Json* value = core::find_member(request, setting.put_member);
  check(setting, value ? *value : Json());
  const std::string_view member = setting.get_member;
  bucket.settings[setting.name] = member.empty() ? *value : Json{{std::string(member), *value}};
  shelf.buckets.save(bucket);
  return Json::object();
}

Json get_setting(Shelf& shelf, const RequestContext& context, const Json& request,
                 const Setting& setting) {
  const auto bucket = shelf.buckets.require(context, request);
  const auto found = bucket.settings.find(setting.name);
  if (found != bucket.settings.end()) return *found;
  if (*setting.absent_code == '\0') return Json::parse(setting.absent);
  throw error(setting.absent_code, setting.absent_message, 404, {{"BucketName", bucket.name}});
}

Json delete_setting(Shelf& shelf, const RequestContext& context, const Json& request,
                    const Setting& setting) {
  auto bucket = shelf.buckets.require(context, request);
  bucket.settings.erase(setting.name);
  shelf.buckets.save(bucket);
  return Json::object();
}

}  // namespace

void add_setting_operations(core::OperationTable& table, Shelf& shelf) {
  using Run = Json (*)(Shelf&, const RequestContext&, const Json&, const Setting&);
  for (const auto& setting : settings) {
    const auto add_one = [&](const char* name, Run run) {
      if (*name == '\0') return;
      table[name] = [&shelf, &setting, run](const RequestContext& context, const Json& request) {
        return run(shelf, context, request, setting);
      };
    };
    add_one(setting.put_operation, put_setting);
    add_one(setting.get_operation, get_setting);
    add_one(setting.delete_operation, delete_setting);
  }
}

}  // namespace votemu::s3
