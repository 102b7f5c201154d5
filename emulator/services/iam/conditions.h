// The Condition element of a statement.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
#pragma once

#include "services/iam/pattern.h"
#include "services/iam/policy_document.h"

namespace votemu::iam {

bool holds(const Condition& condition, const Variables& variables);

}  // namespace votemu::iam
