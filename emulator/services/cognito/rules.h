// The patterns of AWS's models, and checks that several operations share. All throw AwsError.
#pragma once

#include <string>
#include <string_view>

#include "core/aws_error.h"
#include "core/constraints.h"
#include "core/json.h"

namespace votemu::cognito {

// How the two services call what breaks their models.
inline const std::string identity_model_error = "ValidationException";
inline const std::string user_pool_model_error = "InvalidParameterException";

core::AwsError invalid_parameter(const std::string& message);
core::AwsError not_authorized(const std::string& message);
core::AwsError not_found(const std::string& message);

extern const core::TextRule identity_id_rule;  // of pools and of identities: "us-east-1:…"
extern const core::TextRule user_pool_id_rule;
extern const core::TextRule client_id_rule;
extern const core::TextRule name_rule;
extern const core::TextRule arn_rule;
extern const core::TextRule provider_name_rule;
extern const core::TextRule client_of_provider_rule;
extern const core::TextRule developer_provider_rule;

// A map of texts with keys of a length; {} when absent.
core::Json tags_member(const core::Constraints& check, const core::Json& request,
                       std::string_view member);
// Refuses more than AWS allows altogether.
void check_tag_count(const core::Json& tags);

// The row's text. Refuses one that is too large.
std::string row_text(const core::Json& row);

}  // namespace votemu::cognito
