// Which records a mapping's FilterCriteria let through to its function.
// https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
#pragma once

#include <vector>

#include "core/json.h"

namespace votemu::pipeline {

class EventFilter {
 public:
  // {"Filters":[{"Pattern":"{…}"}…]} or null. A pattern that is not a JSON object lets nothing
  // through; Lambda refuses such a mapping when it is made.
  explicit EventFilter(const core::Json& criteria);

  // Without filters everything passes.
  bool empty() const { return patterns_.empty(); }

  // Whether any of the patterns matches the record, which is as the function's event has it. A
  // queue's body is matched as JSON where the pattern looks inside it, as text where it does not.
  bool passes(const core::Json& record) const;

 private:
  std::vector<core::Json> patterns_;
};

}  // namespace votemu::pipeline
