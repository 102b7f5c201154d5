// All APIs, in the store and in memory.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/runtime.h"
#include "services/apigateway/routes.h"

namespace votemu::apigateway {

// What calls to a stage are answered from.
struct DeployedStage {
  std::shared_ptr<const Stage> stage;
  std::unique_ptr<const Routes> routes;  // nullptr without a deployment
};

struct Api {
  // AWS's RestApi, and what belongs to it: "resources" by id, each with its resourceMethods in
  // full; "stages" by name; "deployments" by id, each with a "snapshot" of resources and
  // binaryMediaTypes; "sequence", which orders deployments.
  core::Json row;
  std::map<std::string, DeployedStage, std::less<>> stages;
};

class Apis {
 public:
  explicit Apis(core::Store& store);

  // After rows were taken back.
  void reread();

  using InScope = std::map<std::string, Api, std::less<>>;
  const InScope& in_scope(const core::Scope& scope) const;
  const Api* find(const core::Scope& scope, std::string_view id) const;
  std::optional<core::Scope> scope_of(std::string_view id) const;

  // By the request's restApiId. Throws NotFoundException.
  const Api& existing(const core::Scope& scope, const core::Json& request) const;

  // Creates or replaces. Throws LimitExceededException, having changed nothing, when the row is too
  // large.
  void put(const core::Scope& scope, core::Json row);
  void erase(const core::Scope& scope, const std::string& id);

 private:
  void load(const core::Scope& scope, core::Json row);

  core::Store& store_;
  std::map<core::Scope, InScope> apis_;
  std::map<std::string, core::Scope, std::less<>> scopes_;  // by API id
  const InScope none_;
};

}  // namespace votemu::apigateway
