// The operations, one file per family.
#pragma once

#include "core/operation.h"
#include "services/lambda/state.h"

namespace votemu::lambda {

void add_function_operations(core::OperationTable& table, State& state);
void add_update_operations(core::OperationTable& table, State& state);
void add_permission_operations(core::OperationTable& table, State& state);
void add_concurrency_operations(core::OperationTable& table, State& state);
void add_tag_operations(core::OperationTable& table, State& state);
void add_mapping_operations(core::OperationTable& table, State& state);
void add_invoke_operation(core::OperationTable& table, State& state);
void add_event_invoke_config_operations(core::OperationTable& table, State& state);
void add_version_operations(core::OperationTable& table, State& state);
void add_account_operations(core::OperationTable& table, State& state);

// Adds an immediate operation that is a plain function of the state.
inline void add_operation(core::OperationTable& table, State& state, const char* name,
                          core::Json (*run)(State&, const core::RequestContext&,
                                            const core::Json&)) {
  table[name] = [&state, run](const core::RequestContext& context, const core::Json& request) {
    return run(state, context, request);
  };
}

}  // namespace votemu::lambda
