// S3's operations on objects, and the lists of a bucket's. Shapes and names as in AWS's service
// model of 2006-03-01.
#include "wire/rest_xml.h"
#include "wire/s3_shapes.h"

namespace votemu::wire {
namespace {

constexpr Shape texts = flat_list(text);

constexpr Member listed_object_members[] = {{"Key", &text},          {"LastModified", &text},
                                            {"ETag", &text},         {"ChecksumAlgorithm", &texts},
                                            {"ChecksumType", &text}, {"Size", &integer},
                                            {"StorageClass", &text}, {"Owner", &s3_owner}};
constexpr Shape listed_object = structure(listed_object_members);

constexpr Shape object_list = flat_list(listed_object);
constexpr Member common_prefix_members[] = {{"Prefix", &text}};
constexpr Shape common_prefix = structure(common_prefix_members);

constexpr Shape common_prefix_list = flat_list(common_prefix);
constexpr Member list_objects_result_members[] = {
    {"IsTruncated", &boolean},  {"Marker", &text},     {"NextMarker", &text},
    {"Contents", &object_list}, {"Name", &text},       {"Prefix", &text},
    {"Delimiter", &text},       {"MaxKeys", &integer}, {"CommonPrefixes", &common_prefix_list},
    {"EncodingType", &text}};
constexpr Shape list_objects_result = structure(list_objects_result_members);

constexpr Member list_objects_v2_result_members[] = {{"IsTruncated", &boolean},
                                                     {"Contents", &object_list},
                                                     {"Name", &text},
                                                     {"Prefix", &text},
                                                     {"Delimiter", &text},
                                                     {"MaxKeys", &integer},
                                                     {"CommonPrefixes", &common_prefix_list},
                                                     {"EncodingType", &text},
                                                     {"KeyCount", &integer},
                                                     {"ContinuationToken", &text},
                                                     {"NextContinuationToken", &text},
                                                     {"StartAfter", &text}};
constexpr Shape list_objects_v2_result = structure(list_objects_v2_result_members);

constexpr Member object_version_members[] = {{"ETag", &text},        {"ChecksumAlgorithm", &texts},
                                             {"Size", &integer},     {"StorageClass", &text},
                                             {"Key", &text},         {"VersionId", &text},
                                             {"IsLatest", &boolean}, {"LastModified", &text},
                                             {"Owner", &s3_owner}};
constexpr Shape object_version = structure(object_version_members);

constexpr Shape object_version_list = flat_list(object_version);
constexpr Member delete_marker_entry_members[] = {{"Owner", &s3_owner},
                                                  {"Key", &text},
                                                  {"VersionId", &text},
                                                  {"IsLatest", &boolean},
                                                  {"LastModified", &text}};
constexpr Shape delete_marker_entry = structure(delete_marker_entry_members);

constexpr Shape delete_markers = flat_list(delete_marker_entry);
constexpr Member list_object_versions_result_members[] = {
    {"IsTruncated", &boolean},
    {"KeyMarker", &text},
    {"VersionIdMarker", &text},
    {"NextKeyMarker", &text},
    {"NextVersionIdMarker", &text},
    {"Versions", &object_version_list, "Version"},
    {"DeleteMarkers", &delete_markers, "DeleteMarker"},
    {"Name", &text},
    {"Prefix", &text},
    {"Delimiter", &text},
    {"MaxKeys", &integer},
    {"CommonPrefixes", &common_prefix_list},
    {"EncodingType", &text}};
constexpr Shape list_object_versions_result = structure(list_object_versions_result_members);

constexpr Member object_identifier_members[] = {{"Key", &text}, {"VersionId", &text}};
constexpr Shape object_identifier = structure(object_identifier_members);

constexpr Shape object_identifier_list = flat_list(object_identifier);
constexpr Member deletion_members[] = {{"Objects", &object_identifier_list, "Object"},
                                       {"Quiet", &boolean}};
constexpr Shape deletion = structure(deletion_members);

constexpr Member deleted_object_members[] = {{"Key", &text},
                                             {"VersionId", &text},
                                             {"DeleteMarker", &boolean},
                                             {"DeleteMarkerVersionId", &text}};
constexpr Shape deleted_object = structure(deleted_object_members);

constexpr Shape deleted_objects = flat_list(deleted_object);
constexpr Member failure_members[] = {
    {"Key", &text}, {"VersionId", &text}, {"Code", &text}, {"Message", &text}};
constexpr Shape failure = structure(failure_members);

constexpr Shape failures = flat_list(failure);
constexpr Member delete_objects_result_members[] = {{"Deleted", &deleted_objects},
                                                    {"Errors", &failures, "Error"}};
constexpr Shape delete_objects_result = structure(delete_objects_result_members);

constexpr Member multipart_upload_members[] = {
    {"UploadId", &text},          {"Key", &text},         {"Initiated", &text},
    {"StorageClass", &text},      {"Owner", &s3_owner},   {"Initiator", &s3_owner},
    {"ChecksumAlgorithm", &text}, {"ChecksumType", &text}};
constexpr Shape multipart_upload = structure(multipart_upload_members);

constexpr Shape multipart_upload_list = flat_list(multipart_upload);
constexpr Member list_multipart_uploads_result_members[] = {
    {"Bucket", &text},
    {"KeyMarker", &text},
    {"UploadIdMarker", &text},
    {"NextKeyMarker", &text},
    {"Prefix", &text},
    {"Delimiter", &text},
    {"NextUploadIdMarker", &text},
    {"MaxUploads", &integer},
    {"IsTruncated", &boolean},
    {"Uploads", &multipart_upload_list, "Upload"},
    {"CommonPrefixes", &common_prefix_list},
    {"EncodingType", &text}};
constexpr Shape list_multipart_uploads_result = structure(list_multipart_uploads_result_members);

constexpr Member copy_object_result_members[] = {
    {"ETag", &text},           {"LastModified", &text},      {"ChecksumCRC32", &text},
    {"ChecksumCRC32C", &text}, {"ChecksumCRC64NVME", &text}, {"ChecksumSHA1", &text},
    {"ChecksumSHA256", &text}};
constexpr Shape copy_object_result = structure(copy_object_result_members);

constexpr Member copy_part_result_members[] = {
    {"ETag", &text},           {"LastModified", &text},      {"ChecksumCRC32", &text},
    {"ChecksumCRC32C", &text}, {"ChecksumCRC64NVME", &text}, {"ChecksumSHA1", &text},
    {"ChecksumSHA256", &text}};
constexpr Shape copy_part_result = structure(copy_part_result_members);

constexpr Member create_multipart_upload_result_members[] = {
    {"Bucket", &text}, {"Key", &text}, {"UploadId", &text}};
constexpr Shape create_multipart_upload_result = structure(create_multipart_upload_result_members);

constexpr Member completed_part_members[] = {
    {"ETag", &text},           {"ChecksumCRC32", &text},
    {"ChecksumCRC32C", &text}, {"ChecksumCRC64NVME", &text},
    {"ChecksumSHA1", &text},   {"ChecksumSHA256", &text},
    {"PartNumber", &integer}};
constexpr Shape completed_part = structure(completed_part_members);

constexpr Shape completed_part_list = flat_list(completed_part);
constexpr Member completed_multipart_upload_members[] = {{"Parts", &completed_part_list, "Part"}};
constexpr Shape completed_multipart_upload = structure(completed_multipart_upload_members);

constexpr Member complete_multipart_upload_result_members[] = {{"Location", &text},
                                                               {"Bucket", &text},
                                                               {"Key", &text},
                                                               {"ETag", &text},
                                                               {"ChecksumCRC32", &text},
                                                               {"ChecksumCRC32C", &text},
                                                               {"ChecksumCRC64NVME", &text},
                                                               {"ChecksumType", &text},
                                                               {"ChecksumSHA1", &text},
                                                               {"ChecksumSHA256", &text}};
constexpr Shape complete_multipart_upload_result =
    structure(complete_multipart_upload_result_members);

constexpr Member listed_part_members[] = {
    {"PartNumber", &integer},     {"LastModified", &text},  {"ETag", &text},
    {"Size", &integer},           {"ChecksumCRC32", &text}, {"ChecksumCRC32C", &text},
    {"ChecksumCRC64NVME", &text}, {"ChecksumSHA1", &text},  {"ChecksumSHA256", &text}};
constexpr Shape listed_part = structure(listed_part_members);

constexpr Shape listed_parts = flat_list(listed_part);
constexpr Member list_parts_result_members[] = {{"Bucket", &text},
                                                {"Key", &text},
                                                {"UploadId", &text},
                                                {"PartNumberMarker", &integer},
                                                {"NextPartNumberMarker", &integer},
                                                {"MaxParts", &integer},
                                                {"IsTruncated", &boolean},
                                                {"Parts", &listed_parts, "Part"},
                                                {"Initiator", &s3_owner},
                                                {"Owner", &s3_owner},
                                                {"StorageClass", &text},
                                                {"ChecksumAlgorithm", &text},
                                                {"ChecksumType", &text}};
constexpr Shape list_parts_result = structure(list_parts_result_members);

using enum S3Target;

const S3Route routes[] = {
    {"GET",
     bucket,
     "ListObjectVersions",
     {"versions"},
     {},
     {},
     members_as("ListVersionsResult", list_object_versions_result)},
    {"GET",
     bucket,
     "ListMultipartUploads",
     {"uploads"},
     {},
     {},
     members_as("ListMultipartUploadsResult", list_multipart_uploads_result)},
    {"GET",
     bucket,
     "ListObjectsV2",
     {"list-type"},
     {},
     {},
     members_as("ListBucketResult", list_objects_v2_result)},
    {"GET", bucket, "ListObjects", {}, {}, {}, members_as("ListBucketResult", list_objects_result)},
    {"POST",
     bucket,
     "DeleteObjects",
     {"delete"},
     {},
     member_as("Delete", "Delete", deletion),
     members_as("DeleteResult", delete_objects_result)},
    {"PUT",
     object,
     "UploadPartCopy",
     {"partNumber", "uploadId"},
     "x-amz-copy-source",
     {},
     member_as("CopyPartResult", "CopyPartResult", copy_part_result)},
    {"PUT", object, "UploadPart", {"partNumber", "uploadId"}, {}, bytes_of("Body")},
    {"POST",
     object,
     "CreateMultipartUpload",
     {"uploads"},
     {},
     {},
     members_as("InitiateMultipartUploadResult", create_multipart_upload_result)},
    {"POST",
     object,
     "CompleteMultipartUpload",
     {"uploadId"},
     {},
     member_as("MultipartUpload", "CompleteMultipartUpload", completed_multipart_upload),
     members_as("CompleteMultipartUploadResult", complete_multipart_upload_result)},
    {"DELETE", object, "AbortMultipartUpload", {"uploadId"}, {}, {}, {}, 204},
    {"GET",
     object,
     "ListParts",
     {"uploadId"},
     {},
     {},
     members_as("ListPartsResult", list_parts_result)},
    {"PUT",
     object,
     "PutObjectTagging",
     {"tagging"},
     {},
     member_as("Tagging", "Tagging", s3_tagging)},
    {"GET", object, "GetObjectTagging", {"tagging"}, {}, {}, members_as("Tagging", s3_tagging)},
    {"DELETE", object, "DeleteObjectTagging", {"tagging"}, {}, {}, {}, 204},
    {"PUT", object, "PutObjectAcl", {"acl"}},
    {"GET", object, "GetObjectAcl", {"acl"}, {}, {}, members_as("AccessControlPolicy", s3_acl)},
    {"PUT",
     object,
     "CopyObject",
     {},
     "x-amz-copy-source",
     {},
     member_as("CopyObjectResult", "CopyObjectResult", copy_object_result)},
    {"PUT", object, "PutObject", {}, {}, bytes_of("Body")},
    {"GET", object, "GetObject"},
    {"HEAD", object, "HeadObject"},
    {"DELETE", object, "DeleteObject", {}, {}, {}, {}, 204},
};

}  // namespace

std::span<const S3Route> s3_object_routes() {
  return routes;
}

}  // namespace votemu::wire
