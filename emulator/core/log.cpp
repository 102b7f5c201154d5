#include "core/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace votemu::core {
namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warn:
      return spdlog::level::warn;
    case LogLevel::error:
      break;
  }
  return spdlog::level::err;
}

}  // namespace

Log::Log(LogLevel least)
    : logger_(std::make_unique<spdlog::logger>("votemu",
                                               std::make_shared<spdlog::sinks::stderr_sink_st>())) {
  logger_->set_level(spdlog_level(least));
  logger_->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
}

Log::~Log() = default;

void Log::debug(std::string_view line) {
  logger_->debug("{}", line);
}
void Log::info(std::string_view line) {
  logger_->info("{}", line);
}
void Log::warn(std::string_view line) {
  logger_->warn("{}", line);
}
void Log::error(std::string_view line) {
  logger_->error("{}", line);
}

}  // namespace votemu::core
