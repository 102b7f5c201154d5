// Structures of a request as they are kept: every member of the kind that AWS's model gives it,
// though templates spell numbers and booleans as text.
#pragma once

#include <initializer_list>

#include "core/json.h"

namespace votemu::cognito {

enum class Kind { text, integer, boolean };

struct TypedMember {
  const char* name;
  Kind kind;
};

// The members that are there; others are left out. Throws AwsError SerializationException.
core::Json typed(const core::Json& given, std::initializer_list<TypedMember> members);

}  // namespace votemu::cognito
