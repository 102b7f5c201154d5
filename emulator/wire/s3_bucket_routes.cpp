// S3's operations on buckets. Shapes and names as in AWS's service model of 2006-03-01.
#include "wire/rest_xml.h"
#include "wire/s3_shapes.h"

namespace votemu::wire {
namespace {

constexpr Shape texts = flat_list(text);

constexpr Member create_bucket_configuration_members[] = {{"LocationConstraint", &text}};
constexpr Shape create_bucket_configuration = structure(create_bucket_configuration_members);

constexpr Member listed_bucket_members[] = {
    {"Name", &text}, {"CreationDate", &text}, {"BucketRegion", &text}};
constexpr Shape listed_bucket = structure(listed_bucket_members);

constexpr Shape buckets = list_of(listed_bucket, "Bucket");
constexpr Member list_buckets_result_members[] = {
    {"Buckets", &buckets}, {"Owner", &s3_owner}, {"ContinuationToken", &text}, {"Prefix", &text}};
constexpr Shape list_buckets_result = structure(list_buckets_result_members);

constexpr Member versioning_configuration_members[] = {{"Status", &text}};
constexpr Shape versioning_configuration = structure(versioning_configuration_members);

constexpr Member server_side_encryption_by_default_members[] = {{"SSEAlgorithm", &text},
                                                                {"KMSMasterKeyID", &text}};
constexpr Shape server_side_encryption_by_default =
    structure(server_side_encryption_by_default_members);

constexpr Member server_side_encryption_rule_members[] = {
    {"ApplyServerSideEncryptionByDefault", &server_side_encryption_by_default},
    {"BucketKeyEnabled", &boolean}};
constexpr Shape server_side_encryption_rule = structure(server_side_encryption_rule_members);

constexpr Shape server_side_encryption_rules = flat_list(server_side_encryption_rule);
constexpr Member server_side_encryption_configuration_members[] = {
    {"Rules", &server_side_encryption_rules, "Rule"}};
constexpr Shape server_side_encryption_configuration =
    structure(server_side_encryption_configuration_members);

constexpr Member public_access_block_configuration_members[] = {
    {"BlockPublicAcls", &boolean},
    {"IgnorePublicAcls", &boolean},
    {"BlockPublicPolicy", &boolean},
    {"RestrictPublicBuckets", &boolean}};
constexpr Shape public_access_block_configuration =
    structure(public_access_block_configuration_members);

constexpr Member ownership_controls_rule_members[] = {{"ObjectOwnership", &text}};
constexpr Shape ownership_controls_rule = structure(ownership_controls_rule_members);

constexpr Shape ownership_controls_rules = flat_list(ownership_controls_rule);
constexpr Member ownership_controls_members[] = {{"Rules", &ownership_controls_rules, "Rule"}};
constexpr Shape ownership_controls = structure(ownership_controls_members);

constexpr Member lifecycle_expiration_members[] = {
    {"Date", &text}, {"Days", &integer}, {"ExpiredObjectDeleteMarker", &boolean}};
constexpr Shape lifecycle_expiration = structure(lifecycle_expiration_members);

constexpr Shape flat_tags = flat_list(s3_tag);
constexpr Member lifecycle_rule_and_operator_members[] = {{"Prefix", &text},
                                                          {"Tags", &flat_tags, "Tag"},
                                                          {"ObjectSizeGreaterThan", &integer},
                                                          {"ObjectSizeLessThan", &integer}};
constexpr Shape lifecycle_rule_and_operator = structure(lifecycle_rule_and_operator_members);

constexpr Member lifecycle_rule_filter_members[] = {{"Prefix", &text},
                                                    {"Tag", &s3_tag},
                                                    {"ObjectSizeGreaterThan", &integer},
                                                    {"ObjectSizeLessThan", &integer},
                                                    {"And", &lifecycle_rule_and_operator}};
constexpr Shape lifecycle_rule_filter = structure(lifecycle_rule_filter_members);

constexpr Member transition_members[] = {
    {"Date", &text}, {"Days", &integer}, {"StorageClass", &text}};
constexpr Shape transition = structure(transition_members);

constexpr Shape transition_list = flat_list(transition);
constexpr Member noncurrent_version_transition_members[] = {
    {"NoncurrentDays", &integer}, {"StorageClass", &text}, {"NewerNoncurrentVersions", &integer}};
constexpr Shape noncurrent_version_transition = structure(noncurrent_version_transition_members);

constexpr Shape noncurrent_version_transition_list = flat_list(noncurrent_version_transition);
constexpr Member noncurrent_version_expiration_members[] = {{"NoncurrentDays", &integer},
                                                            {"NewerNoncurrentVersions", &integer}};
constexpr Shape noncurrent_version_expiration = structure(noncurrent_version_expiration_members);

constexpr Member abort_incomplete_multipart_upload_members[] = {{"DaysAfterInitiation", &integer}};
constexpr Shape abort_incomplete_multipart_upload =
    structure(abort_incomplete_multipart_upload_members);

constexpr Member lifecycle_rule_members[] = {
    {"Expiration", &lifecycle_expiration},
    {"ID", &text},
    {"Prefix", &text},
    {"Filter", &lifecycle_rule_filter},
    {"Status", &text},
    {"Transitions", &transition_list, "Transition"},
    {"NoncurrentVersionTransitions", &noncurrent_version_transition_list,
     "NoncurrentVersionTransition"},
    {"NoncurrentVersionExpiration", &noncurrent_version_expiration},
    {"AbortIncompleteMultipartUpload", &abort_incomplete_multipart_upload}};
constexpr Shape lifecycle_rule = structure(lifecycle_rule_members);

constexpr Shape lifecycle_rules = flat_list(lifecycle_rule);
constexpr Member bucket_lifecycle_configuration_members[] = {{"Rules", &lifecycle_rules, "Rule"}};
constexpr Shape bucket_lifecycle_configuration = structure(bucket_lifecycle_configuration_members);

constexpr Member cors_rule_members[] = {{"ID", &text},
                                        {"AllowedHeaders", &texts, "AllowedHeader"},
                                        {"AllowedMethods", &texts, "AllowedMethod"},
                                        {"AllowedOrigins", &texts, "AllowedOrigin"},
                                        {"ExposeHeaders", &texts, "ExposeHeader"},
                                        {"MaxAgeSeconds", &integer}};
constexpr Shape cors_rule = structure(cors_rule_members);

constexpr Shape cors_rules = flat_list(cors_rule);
constexpr Member cors_configuration_members[] = {{"CORSRules", &cors_rules, "CORSRule"}};
constexpr Shape cors_configuration = structure(cors_configuration_members);

constexpr Member filter_rule_members[] = {{"Name", &text}, {"Value", &text}};
constexpr Shape filter_rule = structure(filter_rule_members);

constexpr Shape filter_rule_list = flat_list(filter_rule);
constexpr Member s3_key_filter_members[] = {{"FilterRules", &filter_rule_list, "FilterRule"}};
constexpr Shape s3_key_filter = structure(s3_key_filter_members);

constexpr Member notification_configuration_filter_members[] = {{"Key", &s3_key_filter, "S3Key"}};
constexpr Shape notification_configuration_filter =
    structure(notification_configuration_filter_members);

constexpr Member topic_configuration_members[] = {{"Id", &text},
                                                  {"TopicArn", &text, "Topic"},
                                                  {"Events", &texts, "Event"},
                                                  {"Filter", &notification_configuration_filter}};
constexpr Shape topic_configuration = structure(topic_configuration_members);

constexpr Shape topic_configuration_list = flat_list(topic_configuration);
constexpr Member queue_configuration_members[] = {{"Id", &text},
                                                  {"QueueArn", &text, "Queue"},
                                                  {"Events", &texts, "Event"},
                                                  {"Filter", &notification_configuration_filter}};
constexpr Shape queue_configuration = structure(queue_configuration_members);

constexpr Shape queue_configuration_list = flat_list(queue_configuration);
constexpr Member lambda_function_configuration_members[] = {
    {"Id", &text},
    {"LambdaFunctionArn", &text, "CloudFunction"},
    {"Events", &texts, "Event"},
    {"Filter", &notification_configuration_filter}};
constexpr Shape lambda_function_configuration = structure(lambda_function_configuration_members);

constexpr Shape lambda_function_configuration_list = flat_list(lambda_function_configuration);
constexpr Member notification_configuration_members[] = {
    {"TopicConfigurations", &topic_configuration_list, "TopicConfiguration"},
    {"QueueConfigurations", &queue_configuration_list, "QueueConfiguration"},
    {"LambdaFunctionConfigurations", &lambda_function_configuration_list,
     "CloudFunctionConfiguration"},
    {"EventBridgeConfiguration", &no_members}};
constexpr Shape notification_configuration = structure(notification_configuration_members);

constexpr Member get_bucket_request_payment_result_members[] = {{"Payer", &text}};
constexpr Shape get_bucket_request_payment_result =
    structure(get_bucket_request_payment_result_members);

constexpr Member policy_status_members[] = {{"IsPublic", &boolean}};
constexpr Shape policy_status = structure(policy_status_members);

using enum S3Target;

const S3Route routes[] = {
    {"GET",
     service,
     "ListBuckets",
     {},
     {},
     {},
     members_as("ListAllMyBucketsResult", list_buckets_result)},
    {"PUT",
     bucket,
     "PutBucketVersioning",
     {"versioning"},
     {},
     member_as("VersioningConfiguration", "VersioningConfiguration", versioning_configuration)},
    {"GET",
     bucket,
     "GetBucketVersioning",
     {"versioning"},
     {},
     {},
     members_as("VersioningConfiguration", versioning_configuration)},
    {"PUT",
     bucket,
     "PutBucketEncryption",
     {"encryption"},
     {},
     member_as("ServerSideEncryptionConfiguration", "ServerSideEncryptionConfiguration",
               server_side_encryption_configuration)},
    {"GET",
     bucket,
     "GetBucketEncryption",
     {"encryption"},
     {},
     {},
     member_as("ServerSideEncryptionConfiguration", "ServerSideEncryptionConfiguration",
               server_side_encryption_configuration)},
    {"DELETE", bucket, "DeleteBucketEncryption", {"encryption"}, {}, {}, {}, 204},
    {"PUT", bucket, "PutBucketPolicy", {"policy"}, {}, bytes_of("Policy"), {}, 204},
    {"GET", bucket, "GetBucketPolicy", {"policy"}, {}, {}, bytes_of("Policy")},
    {"DELETE", bucket, "DeleteBucketPolicy", {"policy"}, {}, {}, {}, 204},
    {"GET",
     bucket,
     "GetBucketPolicyStatus",
     {"policyStatus"},
     {},
     {},
     member_as("PolicyStatus", "PolicyStatus", policy_status)},
    {"PUT",
     bucket,
     "PutPublicAccessBlock",
     {"publicAccessBlock"},
     {},
     member_as("PublicAccessBlockConfiguration", "PublicAccessBlockConfiguration",
               public_access_block_configuration)},
    {"GET",
     bucket,
     "GetPublicAccessBlock",
     {"publicAccessBlock"},
     {},
     {},
     member_as("PublicAccessBlockConfiguration", "PublicAccessBlockConfiguration",
               public_access_block_configuration)},
    {"DELETE", bucket, "DeletePublicAccessBlock", {"publicAccessBlock"}, {}, {}, {}, 204},
    {"PUT",
     bucket,
     "PutBucketOwnershipControls",
     {"ownershipControls"},
     {},
     member_as("OwnershipControls", "OwnershipControls", ownership_controls)},
    {"GET",
     bucket,
     "GetBucketOwnershipControls",
     {"ownershipControls"},
     {},
     {},
     member_as("OwnershipControls", "OwnershipControls", ownership_controls)},
    {"DELETE", bucket, "DeleteBucketOwnershipControls", {"ownershipControls"}, {}, {}, {}, 204},
    {"PUT",
     bucket,
     "PutBucketTagging",
     {"tagging"},
     {},
     member_as("Tagging", "Tagging", s3_tagging),
     {},
     204},
    {"GET", bucket, "GetBucketTagging", {"tagging"}, {}, {}, members_as("Tagging", s3_tagging)},
    {"DELETE", bucket, "DeleteBucketTagging", {"tagging"}, {}, {}, {}, 204},
    {"PUT",
     bucket,
     "PutBucketLifecycleConfiguration",
     {"lifecycle"},
     {},
     member_as("LifecycleConfiguration", "LifecycleConfiguration", bucket_lifecycle_configuration)},
    {"GET",
     bucket,
     "GetBucketLifecycleConfiguration",
     {"lifecycle"},
     {},
     {},
     members_as("LifecycleConfiguration", bucket_lifecycle_configuration)},
    {"DELETE", bucket, "DeleteBucketLifecycle", {"lifecycle"}, {}, {}, {}, 204},
    {"PUT",
     bucket,
     "PutBucketCors",
     {"cors"},
     {},
     member_as("CORSConfiguration", "CORSConfiguration", cors_configuration)},
    {"GET",
     bucket,
     "GetBucketCors",
     {"cors"},
     {},
     {},
     members_as("CORSConfiguration", cors_configuration)},
    {"DELETE", bucket, "DeleteBucketCors", {"cors"}, {}, {}, {}, 204},
    {"PUT",
     bucket,
     "PutBucketNotificationConfiguration",
     {"notification"},
     {},
     member_as("NotificationConfiguration", "NotificationConfiguration",
               notification_configuration)},
    {"GET",
     bucket,
     "GetBucketNotificationConfiguration",
     {"notification"},
     {},
     {},
     members_as("NotificationConfiguration", notification_configuration)},
    {"PUT", bucket, "PutBucketAcl", {"acl"}},
    {"GET", bucket, "GetBucketAcl", {"acl"}, {}, {}, members_as("AccessControlPolicy", s3_acl)},
    {"GET",
     bucket,
     "GetBucketLocation",
     {"location"},
     {},
     {},
     member_as("LocationConstraint", "LocationConstraint", text)},
    {"GET",
     bucket,
     "GetBucketRequestPayment",
     {"requestPayment"},
     {},
     {},
     members_as("RequestPaymentConfiguration", get_bucket_request_payment_result)},
    {"GET",
     bucket,
     "GetBucketLogging",
     {"logging"},
     {},
     {},
     members_as("BucketLoggingStatus", no_members)},
    {"GET",
     bucket,
     "GetBucketAccelerateConfiguration",
     {"accelerate"},
     {},
     {},
     members_as("AccelerateConfiguration", no_members)},
    {"GET", bucket, "GetBucketWebsite", {"website"}},
    {"GET", bucket, "GetBucketReplication", {"replication"}},
    {"GET", bucket, "GetObjectLockConfiguration", {"object-lock"}},
    {"PUT",
     bucket,
     "CreateBucket",
     {},
     {},
     member_as("CreateBucketConfiguration", "CreateBucketConfiguration",
               create_bucket_configuration)},
    {"HEAD", bucket, "HeadBucket"},
    {"DELETE", bucket, "DeleteBucket", {}, {}, {}, {}, 204},
};

}  // namespace

std::span<const S3Route> s3_bucket_routes() {
  return routes;
}

}  // namespace votemu::wire
