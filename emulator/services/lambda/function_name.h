// How requests name a function: a name, a partial ARN ("123456789012:function:f") or an ARN, each
// with or without a qualifier.
#pragma once

#include <string>
#include <string_view>

#include "core/ids.h"

namespace votemu::lambda {

struct FunctionName {
  core::Scope scope;  // an ARN may name another account
  std::string name;
  std::string qualifier;  // "" for none

  std::string arn() const;            // without the qualifier
  std::string qualified_arn() const;  // with it, when there is one
};

std::string function_arn(const core::Scope& scope, std::string_view name);

// Throws AwsError: ValidationException when `text` names no function in any form,
// ResourceNotFoundException when it is in another region.
FunctionName parse_function_name(const core::Scope& scope, std::string_view text);

}  // namespace votemu::lambda
