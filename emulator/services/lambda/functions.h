// All functions, in the store and in memory.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/runtime.h"
#include "services/lambda/function.h"
#include "services/lambda/function_name.h"
#include "services/lambda/service.h"

namespace votemu::lambda {

class Functions {
 public:
  Functions(core::Runtime& runtime, std::vector<abi::NamedHandler> handlers,
            ClientsFactory make_clients);

  using InScope = std::map<std::string, FunctionPtr, std::less<>>;
  const InScope& in_scope(const core::Scope& scope) const;
  std::size_t count() const { return count_; }

  // nullptr when there is none.
  FunctionPtr find(const core::Scope& scope, std::string_view name) const;
  // By its whole ARN without a qualifier, as APIs name it; nullptr when it is another
  // region's, or named otherwise.
  FunctionPtr find_by_arn(const core::Scope& scope, std::string_view arn) const;
  // Throws ResourceNotFoundException; also for a qualifier other than $LATEST.
  FunctionPtr existing(const FunctionName& name) const;
  // By the request's FunctionName and Qualifier.
  FunctionPtr existing(const core::Scope& scope, const core::Json& request) const;

  // Creates or replaces. Does not throw for what the caller has validated.
  FunctionPtr put(const core::Scope& scope, std::string_view name, core::Json row);
  void erase(const core::Scope& scope, std::string_view name);

 private:
  FunctionPtr load(const core::Scope& scope, std::string_view name, core::Json row);

  core::Store& store_;
  std::map<std::string, abi::Handler, std::less<>> handlers_;
  const ClientsFactory make_clients_;
  std::map<core::Scope, InScope> functions_;
  InScope by_arn_;
  const InScope none_;
  std::size_t count_ = 0;
};

}  // namespace votemu::lambda
