// Tells the person who started votemu what is refused, each thing once and in one line.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "core/log.h"

namespace votemu::authorization {

class Report {
 public:
  // `area` is what each line begins with.
  Report(core::Log& log, std::string area) : log_(log), area_(std::move(area)) {}

  void tell(std::string line);

 private:
  core::Log& log_;
  std::string area_;
  std::set<std::string> told_;
};

}  // namespace votemu::authorization
