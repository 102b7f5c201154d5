#include <malloc.h>
#include <sys/stat.h>

#include <csignal>
#include <exception>
#include <iostream>
#include <utility>

#include "app/config.h"
#include "app/emulator.h"

namespace {

// glibc keeps on the heap what is as large as any block that was freed before: the store's memory
// for writes, which comes and goes, would stay there for good.
constexpr int least_mapped_block_bytes = 128 * 1024;

// What is written is its owner's alone, also in a data directory that others may look into.
constexpr mode_t others_bits = 077;

}  // namespace

int main(int argc, char** argv) {
  auto command_line = votemu::app::parse_command_line(argc, argv);
  if (!command_line.config) return command_line.exit_status;
  mallopt(M_MMAP_THRESHOLD, least_mapped_block_bytes);
  umask(others_bits);
  std::signal(SIGPIPE, SIG_IGN);
  try {
    votemu::app::Emulator emulator(std::move(*command_line.config));
    emulator.run();
  } catch (const std::exception& error) {
    std::cerr << "votemu: " << error.what() << std::endl;
    return 1;
  }
  return 0;
}
