// What votemu says about itself on stderr. A function's own log goes to services/logs.
#pragma once

#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace votemu::core {

enum class LogLevel { debug, info, warn, error };

class Log {
 public:
  explicit Log(LogLevel least = LogLevel::warn);
  ~Log();

  void debug(std::string_view line);
  void info(std::string_view line);
  void warn(std::string_view line);
  void error(std::string_view line);

 private:
  std::unique_ptr<spdlog::logger> logger_;
};

}  // namespace votemu::core
