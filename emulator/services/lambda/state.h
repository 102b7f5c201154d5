// What the operations and invocations of the service share.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "core/runtime.h"
#include "services/lambda/async_queue.h"
#include "services/lambda/code_store.h"
#include "services/lambda/functions.h"
#include "services/lambda/mappings.h"
#include "services/lambda/service.h"

namespace votemu::lambda {

class State {
 public:
  State(core::Runtime& the_runtime, std::vector<abi::NamedHandler> handlers, ClientsFactory factory,
        LogSink sink)
      : runtime(the_runtime),
        functions(runtime, std::move(handlers), std::move(factory)),
        mappings(runtime.store),
        code(runtime.store),
        log(std::move(sink)),
        async(*this) {}

  core::Runtime& runtime;
  Functions functions;
  Mappings mappings;
  CodeStore code;
  LogSink log;
  EventSourceCheck check_event_source;
  ObjectFetch fetch_object;
  std::int64_t running = 0;  // invocations, over all functions
  AsyncQueue async;          // last: its tasks use everything above
};

}  // namespace votemu::lambda
