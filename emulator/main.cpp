#include <csignal>
#include <exception>
#include <iostream>
#include <utility>

#include "app/config.h"
#include "app/emulator.h"

int main(int argc, char** argv) {
  auto command_line = votemu::app::parse_command_line(argc, argv);
  if (!command_line.config) return command_line.exit_status;
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
