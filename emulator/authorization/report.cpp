#include "authorization/report.h"

#include <algorithm>

#include "authorization/limits.h"

namespace votemu::authorization {
namespace {

bool is_control(char c) {
  return (c >= 0 && c < ' ') || c == '\x7f';
}

}  // namespace

void Report::tell(std::string line) {
  if (told_.size() >= limits::max_reported_denials) return;
  if (line.size() > limits::max_reported_bytes) line.resize(limits::max_reported_bytes);
  // Callers choose names: a line break would begin a line in votemu's name.
  std::ranges::replace_if(line, is_control, ' ');
  if (!told_.insert(line).second) return;
  log_.warn(area_ + ": " + line);
  if (told_.size() == limits::max_reported_denials) {
    log_.warn(area_ + ": what else is refused is not told");
  }
}

}  // namespace votemu::authorization
