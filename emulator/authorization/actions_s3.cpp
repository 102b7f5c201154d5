// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
#include <array>

#include "authorization/actions.h"
#include "core/members.h"
#include "core/text.h"

namespace votemu::authorization {
namespace {

using core::Json;

struct Row {
  const char* operation;
  const char* action;
};

constexpr std::array bucket_rows{
    Row{"CreateBucket", "s3:CreateBucket"},
    Row{"DeleteBucket", "s3:DeleteBucket"},
    Row{"HeadBucket", "s3:ListBucket"},
    Row{"ListMultipartUploads", "s3:ListBucketMultipartUploads"},
    Row{"GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration"},
    Row{"GetBucketAcl", "s3:GetBucketAcl"},
    Row{"PutBucketAcl", "s3:PutBucketAcl"},
    Row{"GetBucketCors", "s3:GetBucketCORS"},
    Row{"PutBucketCors", "s3:PutBucketCORS"},
    Row{"DeleteBucketCors", "s3:PutBucketCORS"},
    Row{"GetBucketEncryption", "s3:GetEncryptionConfiguration"},
    Row{"PutBucketEncryption", "s3:PutEncryptionConfiguration"},
    Row{"DeleteBucketEncryption", "s3:PutEncryptionConfiguration"},
    Row{"GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"},
    Row{"PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration"},
    Row{"DeleteBucketLifecycle", "s3:PutLifecycleConfiguration"},
    Row{"GetBucketLocation", "s3:GetBucketLocation"},
    Row{"GetBucketLogging", "s3:GetBucketLogging"},
    Row{"GetBucketNotificationConfiguration", "s3:GetBucketNotification"},
    Row{"PutBucketNotificationConfiguration", "s3:PutBucketNotification"},
    Row{"GetBucketOwnershipControls", "s3:GetBucketOwnershipControls"},
    Row{"PutBucketOwnershipControls", "s3:PutBucketOwnershipControls"},
    Row{"DeleteBucketOwnershipControls", "s3:PutBucketOwnershipControls"},
    Row{"GetBucketPolicy", "s3:GetBucketPolicy"},
    Row{"PutBucketPolicy", "s3:PutBucketPolicy"},
    Row{"DeleteBucketPolicy", "s3:DeleteBucketPolicy"},
    Row{"GetBucketPolicyStatus", "s3:GetBucketPolicyStatus"},
    Row{"GetBucketReplication", "s3:GetReplicationConfiguration"},
    Row{"GetBucketRequestPayment", "s3:GetBucketRequestPayment"},
    Row{"GetBucketTagging", "s3:GetBucketTagging"},
    Row{"PutBucketTagging", "s3:PutBucketTagging"},
    Row{"DeleteBucketTagging", "s3:PutBucketTagging"},
    Row{"GetBucketVersioning", "s3:GetBucketVersioning"},
    Row{"PutBucketVersioning", "s3:PutBucketVersioning"},
    Row{"GetBucketWebsite", "s3:GetBucketWebsite"},
    Row{"GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration"},
    Row{"GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"},
    Row{"PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock"},
    Row{"DeletePublicAccessBlock", "s3:PutBucketPublicAccessBlock"},
};

constexpr std::array object_rows{
    Row{"PutObject", "s3:PutObject"},
    Row{"CreateMultipartUpload", "s3:PutObject"},
    Row{"UploadPart", "s3:PutObject"},
    Row{"CompleteMultipartUpload", "s3:PutObject"},
    Row{"AbortMultipartUpload", "s3:AbortMultipartUpload"},
    Row{"ListParts", "s3:ListMultipartUploadParts"},
};

// Another action for a version of an object that is named: "s3:GetObjectVersion".
struct VersionedRow {
  const char* operation;
  const char* action;
  const char* version_action;
};

constexpr std::array versioned_rows{
    VersionedRow{"GetObject", "s3:GetObject", "s3:GetObjectVersion"},
    VersionedRow{"HeadObject", "s3:GetObject", "s3:GetObjectVersion"},
    VersionedRow{"DeleteObject", "s3:DeleteObject", "s3:DeleteObjectVersion"},
    VersionedRow{"GetObjectAcl", "s3:GetObjectAcl", "s3:GetObjectVersionAcl"},
    VersionedRow{"PutObjectAcl", "s3:PutObjectAcl", "s3:PutObjectVersionAcl"},
    VersionedRow{"GetObjectTagging", "s3:GetObjectTagging", "s3:GetObjectVersionTagging"},
    VersionedRow{"PutObjectTagging", "s3:PutObjectTagging", "s3:PutObjectVersionTagging"},
    VersionedRow{"DeleteObjectTagging", "s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"},
};

std::string bucket_of(const Call& call) {
  return "arn:aws:s3:::" + call.text("Bucket");
}

std::string object_of(const Call& call) {
  return bucket_of(call) + "/" + call.text("Key");
}

AccessRule asks_on_version(const VersionedRow& row) {
  return [row](const Call& call) {
    const std::string version = call.text("VersionId");
    if (version.empty()) return Accesses{{row.action, object_of(call)}};
    return Accesses{{row.version_action, object_of(call), {{"s3:VersionId", {version}}}}};
  };
}

AccessRule asks_to_list(const std::string& action) {
  return [action](const Call& call) {
    core::Access access{action, bucket_of(call)};
    access.context.push_back({"s3:prefix", {call.text("Prefix")}});
    access.context.push_back({"s3:delimiter", {call.text("Delimiter")}});
    return Accesses{std::move(access)};
  };
}

Accesses delete_objects(const Call& call) {
  Accesses accesses;
  const Json* list = core::find_member(call.members, "Delete");
  const Json* objects = list ? core::find_member(*list, "Objects") : nullptr;
  if (!objects || !objects->is_array()) return accesses;
  for (const Json& object : *objects) {
    const Call one{call.scope, object};
    accesses.push_back(
        {one.text("VersionId").empty() ? "s3:DeleteObject" : "s3:DeleteObjectVersion",
         bucket_of(call) + "/" + one.text("Key")});
  }
  return accesses;
}

// "BUCKET/KEY?versionId=ID", percent-encoded, perhaps with a slash before it, encoded or not.
Accesses copy(const Call& call) {
  const std::string copy_source = call.text("CopySource");
  const auto question = copy_source.find("?versionId=");
  const bool version = question != std::string::npos;
  std::string source = core::percent_decode(copy_source.substr(0, question));
  if (source.starts_with('/')) source.erase(0, 1);
  return {{version ? "s3:GetObjectVersion" : "s3:GetObject", "arn:aws:s3:::" + source},
          {"s3:PutObject", object_of(call)}};
}

}  // namespace

AccessTable s3_access() {
  AccessTable table;
  for (const auto& row : bucket_rows) table[row.operation] = asks(row.action, bucket_of);
  for (const auto& row : object_rows) table[row.operation] = asks(row.action, object_of);
  for (const auto& row : versioned_rows) table[row.operation] = asks_on_version(row);
  table["ListObjects"] = table["ListObjectsV2"] = asks_to_list("s3:ListBucket");
  table["ListObjectVersions"] = asks_to_list("s3:ListBucketVersions");
  table["ListBuckets"] = asks("s3:ListAllMyBuckets");
  table["DeleteObjects"] = delete_objects;
  table["CopyObject"] = table["UploadPartCopy"] = copy;
  return table;
}

}  // namespace votemu::authorization
