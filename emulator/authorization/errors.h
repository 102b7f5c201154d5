// How AWS's services say that somebody may not.
#pragma once

#include <string>
#include <string_view>

#include "authorization/caller.h"
#include "core/access.h"
#include "core/aws_error.h"
#include "services/iam/evaluation.h"

namespace votemu::authorization {

// "User: … is not authorized to perform: … on resource: … because …"
std::string denial_text(const Caller& caller, const core::Access& access,
                        const iam::Decision& decision);

// The error of a service whose caller may not; `text` is denial_text's. An unsigned request is told
// that it should be signed, unless it asked for what may be open to all.
core::AwsError denied(std::string_view service, const Caller& caller, const core::Access& access,
                      const std::string& text);

}  // namespace votemu::authorization
