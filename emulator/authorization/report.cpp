#include "authorization/report.h"

#include "authorization/limits.h"

namespace votemu::authorization {

void Report::tell(std::string line) {
  if (told_.size() >= limits::max_reported_denials) return;
  if (line.size() > limits::max_reported_bytes) line.resize(limits::max_reported_bytes);
  if (!told_.insert(line).second) return;
  log_.warn("iam: " + line);
  if (told_.size() == limits::max_reported_denials) {
    log_.warn("iam: what else is denied is not told");
  }
}

}  // namespace votemu::authorization
