// Keeps one trigger per enabled event source mapping and wakes it when its source has something.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/access.h"
#include "core/runtime.h"
#include "pipeline/trigger.h"
#include "services/dynamodb/service.h"
#include "services/lambda/service.h"
#include "services/sqs/service.h"

namespace votemu::pipeline {

// The rights of a function's role, by scope, role and function; nothing when nobody is to be asked.
using FunctionRights = std::function<std::shared_ptr<const core::Authorizer>(
    const core::Scope&, const std::string& role_arn, const std::string& function_name)>;

// Listens to the sources and to the mappings themselves: nothing is polled. Lives as long as the
// services that it listens to.
class EventSourceMappings {
 public:
  EventSourceMappings(core::Runtime& runtime, dynamodb::Service& dynamodb, sqs::Service& sqs,
                      lambda::Service& lambda, FunctionRights rights = nullptr);

  // Takes up the mappings that the store holds and what waits in their sources.
  void start() { schedule_sync(); }

 private:
  // Given once in the life of a process.
  using TriggerId = std::uint64_t;
  struct Active {
    TriggerId id = 0;
    lambda::EventSourceMapping mapping;
    std::unique_ptr<Trigger> trigger;
    bool scheduled = false;
  };

  void check_source(const lambda::EventSourceUse& use) const;
  void schedule_sync();
  void sync();
  std::unique_ptr<Trigger> make_trigger(const lambda::EventSourceMapping& mapping, TriggerId id);
  void wake_source(const std::string& source_arn);
  void schedule(TriggerId id);

  core::Runtime& runtime_;
  dynamodb::Service& dynamodb_;
  sqs::Service& sqs_;
  lambda::Service& lambda_;
  const FunctionRights rights_;
  std::map<TriggerId, Active> active_;
  std::map<std::string, std::vector<TriggerId>> ids_by_source_;
  TriggerId last_id_ = 0;
  bool sync_scheduled_ = false;
};

}  // namespace votemu::pipeline
