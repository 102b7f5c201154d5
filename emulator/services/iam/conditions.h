// The Condition element of a statement.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
#pragma once

#include <string_view>

#include "services/iam/pattern.h"
#include "services/iam/policy_document.h"

namespace votemu::iam {

// Whether IAM knows a test's operator: "StringLike", "Null", with a prefix and suffix or without.
bool is_condition_test(std::string_view test);

bool holds(const Condition& condition, const Variables& variables);

}  // namespace votemu::iam
