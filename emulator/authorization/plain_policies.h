// Which roles' decisions can be remembered.
#pragma once

#include "services/iam/service.h"

namespace votemu::authorization {

// Whether the role's policies have neither conditions nor variables: what they decide follows from
// action and resource alone.
bool is_plain(const iam::RolePolicies& role);

}  // namespace votemu::authorization
