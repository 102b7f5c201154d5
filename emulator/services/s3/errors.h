// What S3 answers when it does not do what was asked.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
//
// An error's details are further elements of its XML; the members of `headers` among them are
// headers of the answer.
#pragma once

#include <string>

#include "core/aws_error.h"
#include "core/json.h"

namespace votemu::s3 {

core::AwsError error(const std::string& code, const std::string& message, int http_status,
                     const core::Json& details = core::Json::object());

core::AwsError no_such_bucket(const std::string& bucket);
core::AwsError no_such_key(const std::string& key);
core::AwsError no_such_version(const std::string& key, const std::string& version_id);
core::AwsError no_such_upload(const std::string& upload_id);
core::AwsError invalid_argument(const std::string& message, const std::string& name,
                                const std::string& value);
core::AwsError invalid_request(const std::string& message);
core::AwsError malformed_xml();
core::AwsError entity_too_large(std::uint64_t size, std::uint64_t largest);

}  // namespace votemu::s3
