// Where stacks are kept: those there are by name, those that were deleted by id.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "cloudformation/stack_record.h"
#include "core/ids.h"
#include "core/store.h"

namespace votemu::cloudformation {

// By name or by id; a deleted stack only by its id. Throws StoreError when the row is corrupt.
std::optional<StackRecord> load_stack(const core::Store& store, const core::Scope& scope,
                                      std::string_view name_or_id);
void save_stack(core::Store& store, const core::Scope& scope, const StackRecord& record);

// Moves a stack that was deleted to where it stays for a while, and forgets the oldest of those
// that were.
void bury_stack(core::Store& store, const core::Scope& scope, const StackRecord& record);

std::size_t count_stacks(const core::Store& store, const core::Scope& scope);

// Every stack, ordered by name, then the deleted ones, the last deleted first.
void for_each_stack(const core::Store& store, const core::Scope& scope, bool with_deleted,
                    const std::function<void(const StackRecord&)>& visit);

}  // namespace votemu::cloudformation
