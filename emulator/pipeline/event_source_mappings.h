// Keeps one trigger per enabled event source mapping and wakes it when its source has something.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

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
  struct Active {
    lambda::EventSourceMapping mapping;
    std::unique_ptr<Trigger> trigger;
  };

  void check_source(const lambda::EventSourceUse& use) const;
  void schedule_sync();
  void sync();
  std::unique_ptr<Trigger> make_trigger(const lambda::EventSourceMapping& mapping);
  void wake_source(const std::string& source_arn);
  void schedule(const std::string& uuid);

  core::Runtime& runtime_;
  dynamodb::Service& dynamodb_;
  sqs::Service& sqs_;
  lambda::Service& lambda_;
  const FunctionRights rights_;
  std::map<std::string, Active> active_;  // by uuid
  std::map<std::string, std::set<std::string>> uuids_by_source_;
  std::set<std::string> scheduled_;
  bool sync_scheduled_ = false;
};

}  // namespace votemu::pipeline
