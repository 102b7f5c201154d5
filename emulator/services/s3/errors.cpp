#include "services/s3/errors.h"

namespace votemu::s3 {

using core::AwsError;
using core::Json;

AwsError error(const std::string& code, const std::string& message, int http_status,
               const Json& details) {
  return AwsError(code, message, http_status, details.empty() ? "" : core::dump_json(details));
}

AwsError no_such_bucket(const std::string& bucket) {
  return error("NoSuchBucket", "The specified bucket does not exist", 404,
               {{"BucketName", bucket}});
}

AwsError no_such_key(const std::string& key) {
  return error("NoSuchKey", "The specified key does not exist.", 404, {{"Key", key}});
}

AwsError no_such_version(const std::string& key, const std::string& version_id) {
  return error("NoSuchVersion", "The specified version does not exist.", 404,
               {{"Key", key}, {"VersionId", version_id}});
}

AwsError no_such_upload(const std::string& upload_id) {
  return error("NoSuchUpload",
               "The specified upload does not exist. The upload ID may be invalid, or the upload "
               "may have been aborted or completed.",
               404, {{"UploadId", upload_id}});
}

AwsError invalid_argument(const std::string& message, const std::string& name,
                          const std::string& value) {
  return error("InvalidArgument", message, 400, {{"ArgumentName", name}, {"ArgumentValue", value}});
}

AwsError invalid_request(const std::string& message) {
  return error("InvalidRequest", message, 400);
}

AwsError malformed_xml() {
  return error("MalformedXML",
               "The XML you provided was not well-formed or did not validate against our published "
               "schema",
               400);
}

AwsError entity_too_large(std::uint64_t size, std::uint64_t largest) {
  return error(
      "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400,
      {{"ProposedSize", std::to_string(size)}, {"MaxSizeAllowed", std::to_string(largest)}});
}

}  // namespace votemu::s3
