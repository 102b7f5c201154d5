// What the command line decides.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "authorization/mode.h"
#include "core/log.h"
#include "core/store.h"

namespace votemu::app {

struct Config {
  std::uint16_t port = 4566;  // 0: a free one
  std::vector<std::string> hosts{"127.0.0.1", "::1"};
  core::StoreOptions store{".votemu", core::Durability::os};
  core::LogLevel log_level = core::LogLevel::warn;
  std::vector<std::string> hostnames;  // that are served and certified, beside this machine's own
  std::vector<std::string> cors_allow_origins;  // whose pages may call, beside this machine's own
  std::string tls_certificate_file;             // "": a certificate of the local CA's
  std::string tls_key_file;
  authorization::Mode iam = authorization::Mode::off;
  bool empty = false;         // deploy nothing
  std::string template_file;  // "": the voting stack that is built in
  std::string stack_name;     // "": by the template
  std::map<std::string, std::string> parameters;
};

// What parsing came to: a configuration to run, or an exit status after --help, --version or an
// error that has been reported.
struct CommandLine {
  std::optional<Config> config;
  int exit_status = 0;
};

CommandLine parse_command_line(int argc, const char* const* argv);

}  // namespace votemu::app
