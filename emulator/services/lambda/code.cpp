#include "services/lambda/code.h"

#include "core/digest.h"
#include "core/members.h"
#include "handlers/abi/base64.h"
#include "services/lambda/limits.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

using core::AwsError;
using core::Json;

std::string uploaded_archive(const std::string& text) {
  std::string archive = abi::base64_decode(text);
  if (archive.size() > limits::max_code_bytes) {
    throw AwsError("RequestEntityTooLargeException",
                   "Zipped size must be smaller than 52428800 bytes", 413);
  }
  if (archive.empty()) throw invalid_parameter("Uploaded file must be a non-empty zip");
  return archive;
}

std::string fetched_archive(const State& state, const core::RequestContext& context,
                            const Json& members) {
  const std::string bucket = core::string_member(members, "S3Bucket").value_or("");
  const std::string key = core::string_member(members, "S3Key").value_or("");
  if (bucket.empty() || key.empty()) {
    throw invalid_parameter("Please provide a source for function code.");
  }
  // Without a store of objects its name stands for the archive.
  if (!state.fetch_object) return "PK " + bucket + "/" + key;
  std::string archive;
  try {
    archive = state.fetch_object(context, bucket, key,
                                 core::string_member(members, "S3ObjectVersion").value_or(""));
  } catch (const AwsError& error) {
    throw invalid_parameter("Error occurred while GetObject. S3 Error Code: " + error.code() +
                            ". S3 Error Message: " + error.message());
  }
  if (archive.size() > limits::max_fetched_code_bytes) {
    throw invalid_parameter("Unzipped size must be smaller than 262144000 bytes");
  }
  return archive;
}

}  // namespace

Code given_code(const State& state, const core::RequestContext& context, const Json& members) {
  Code code;
  if (const auto image = core::string_member(members, "ImageUri")) {
    code.image_uri = *image;
    return code;
  }
  const auto uploaded = core::string_member(members, "ZipFile");
  code.archive = uploaded ? uploaded_archive(*uploaded) : fetched_archive(state, context, members);
  if (!code.archive.starts_with("PK")) {
    throw invalid_parameter(
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
  return code;
}

// AWS measures an image as nothing, and its digest is the registry's: here, its name's.
void describe_code(const Code& code, Json& configuration) {
  const std::string& bytes = code.image_uri.empty() ? code.archive : code.image_uri;
  configuration["CodeSize"] = code.archive.size();
  configuration["CodeSha256"] = abi::base64_encode(core::sha256(bytes));
}

void keep_code(State& state, const core::Scope& scope, std::string_view function, const Code& code,
               Json& row) {
  state.code.put(scope, function, code.archive);
  row.erase("ImageUri");
  if (!code.image_uri.empty()) row["ImageUri"] = code.image_uri;
}

}  // namespace votemu::lambda
