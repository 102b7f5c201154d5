// What every change of a function's definition does to its row.
#pragma once

#include "core/calendar.h"
#include "core/json.h"
#include "services/lambda/state.h"

namespace votemu::lambda {

// A new RevisionId and LastModified ("2025-05-22T07:39:29.874+0000").
inline void stamp(State& state, core::Json& configuration) {
  std::string modified = core::iso8601_ms(state.runtime.clock.now_ms());
  modified.replace(modified.size() - 1, 1, "+0000");
  configuration["LastModified"] = std::move(modified);
  configuration["RevisionId"] = state.runtime.random.uuid();
}

// Throws PreconditionFailedException when the request has another RevisionId than the function.
void check_revision(const core::Json& request, const Function& function);

}  // namespace votemu::lambda
