// Whom a statement of a resource-based policy speaks of.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
#pragma once

#include "services/iam/evaluation.h"
#include "services/iam/policy_document.h"

namespace votemu::iam {

// How closely a statement names the requester. What it allows is the less limited by the
// requester's other policies the closer it is.
enum class Reach {
  nobody,   // it speaks of others
  account,  // of the requester's account: that is left to say who
  role,     // of the role, or of everybody: boundary and session policies still count
  caller,   // of this very session, user or service
};

Reach reach_of(const Statement& statement, const Requester& requester);

}  // namespace votemu::iam
