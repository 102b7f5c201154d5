// The operations, one file per family.
#pragma once

#include "core/operation.h"
#include "core/runtime.h"
#include "services/apigateway/apis.h"

namespace votemu::apigateway {

class State {
 public:
  explicit State(core::Runtime& the_runtime) : runtime(the_runtime), apis(runtime.store) {}

  core::Runtime& runtime;
  Apis apis;
};

void add_api_operations(core::OperationTable& table, State& state);
void add_import_operations(core::OperationTable& table, State& state);
void add_resource_operations(core::OperationTable& table, State& state);
void add_method_operations(core::OperationTable& table, State& state);
void add_integration_operations(core::OperationTable& table, State& state);
void add_deployment_operations(core::OperationTable& table, State& state);
void add_stage_operations(core::OperationTable& table, State& state);
void add_account_operations(core::OperationTable& table, State& state);
void add_tag_operations(core::OperationTable& table, State& state);
void add_empty_list_operations(core::OperationTable& table, State& state);

// Adds an immediate operation that is a plain function of the state.
inline void add_operation(core::OperationTable& table, State& state, const char* name,
                          core::Json (*run)(State&, const core::RequestContext&,
                                            const core::Json&)) {
  table[name] = [&state, run](const core::RequestContext& context, const core::Json& request) {
    return run(state, context, request);
  };
}

}  // namespace votemu::apigateway
