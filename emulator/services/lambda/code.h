// The code that CreateFunction and UpdateFunctionCode are given.
#pragma once

#include <string>

#include "core/operation.h"
#include "services/lambda/state.h"

namespace votemu::lambda {

struct Code {
  std::string archive;    // the zip file; "" for an image
  std::string image_uri;  // "" for an archive
};

// From the members ZipFile; S3Bucket, S3Key and S3ObjectVersion; or ImageUri. Throws AwsError.
Code given_code(const State& state, const core::RequestContext& context, const core::Json& members);

// Writes CodeSize and CodeSha256.
void describe_code(const Code& code, core::Json& configuration);

// Keeps it as the code of the function whose row this is, instead of what was there.
void keep_code(State& state, const core::Scope& scope, std::string_view function, const Code& code,
               core::Json& row);

}  // namespace votemu::lambda
