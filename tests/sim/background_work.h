// RocksDB's threads, made to work while the simulation waits: then what they do to the disk happens
// at the same place of a history each time.
#pragma once

#include "tests/sim/simulated_disk.h"

namespace votemu::sim {

// Flushes and compactions share one thread from now on. After each opening of a database, which
// starts more of them.
void use_one_background_thread();

// Returns when no flush, compaction or removal of files is under way or about to be, or when the
// disk's planned fault has happened: what failed for want of space is tried again and again.
void finish_background_work(const SimulatedDisk& disk);

}  // namespace votemu::sim
