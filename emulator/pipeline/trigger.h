// What an event source mapping does: it takes from its source and invokes its function.
#pragma once

#include <functional>

#include "core/runtime.h"
#include "services/lambda/service.h"

namespace votemu::pipeline {

class Trigger {
 public:
  virtual ~Trigger() = default;

  // Takes at most one batch and begins to process it, if there is one and nothing stands against
  // it. Called at the end of a turn's ready work. Must not throw.
  virtual void run() = 0;

  // The mapping is gone for good: forgets what is kept of it.
  virtual void forget() {}
};

// Asks for run() at the end of the ready work; asking twice is asking once.
using Schedule = std::function<void()>;

// Why an invocation failed, or "" when it did not.
std::string failure_of(abi::Task<lambda::InvokeResult>& finished, lambda::InvokeResult& result);

}  // namespace votemu::pipeline
