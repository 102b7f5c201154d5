// Tells the person who started votemu what is denied, each thing once and in one line.
#pragma once

#include <set>
#include <string>

#include "core/log.h"

namespace votemu::authorization {

class Report {
 public:
  explicit Report(core::Log& log) : log_(log) {}

  void tell(std::string line);

 private:
  core::Log& log_;
  std::set<std::string> told_;
};

}  // namespace votemu::authorization
