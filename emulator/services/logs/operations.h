// The operations, one file per family.
#pragma once

#include "core/clock.h"
#include "core/operation.h"
#include "services/logs/state.h"

namespace votemu::logs {

// What an operation works on.
struct Shelf {
  State& state;
  core::Clock& clock;
};

void add_group_operations(core::OperationTable& table, Shelf shelf);
void add_stream_operations(core::OperationTable& table, Shelf shelf);
void add_tag_operations(core::OperationTable& table, Shelf shelf);
void add_put_operations(core::OperationTable& table, Shelf shelf);
void add_get_operations(core::OperationTable& table, Shelf shelf);
void add_filter_operations(core::OperationTable& table, Shelf shelf);

}  // namespace votemu::logs
