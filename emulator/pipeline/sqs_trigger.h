// A queue that invokes a function.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
#pragma once

#include <list>
#include <span>
#include <string>
#include <vector>

#include "core/runtime.h"
#include "pipeline/event_filter.h"
#include "pipeline/trigger.h"
#include "services/sqs/service.h"

namespace votemu::pipeline {

// With a handler in this process, receive, invoke and delete happen within one turn: the messages
// are deleted by the same commit that keeps what the handler did with them. A batch that fails is
// left to its visibility timeout, as in AWS; where that is 0 the trigger rests before it goes on.
class SqsTrigger final : public Trigger {
 public:
  SqsTrigger(core::Runtime& runtime, lambda::EventSourceMapping mapping, sqs::Service& sqs,
             lambda::Service& lambda, Schedule schedule);

  void run() override;

 private:
  struct Batch {
    std::vector<std::pair<std::string, std::string>> handles_by_id;
    abi::Task<lambda::InvokeResult> invocation;
    bool all_deleted = false;
  };

  bool waits_for_more(std::size_t visible);
  std::vector<sqs::ReceivedMessage> receive();
  void drop_filtered(std::vector<sqs::ReceivedMessage>& messages);
  void process(std::span<sqs::ReceivedMessage> messages);
  void finish(std::list<Batch>::iterator batch);
  std::string delete_processed(Batch& batch, const std::string& function_result);
  bool fails_at_once_again() const;

  core::Runtime& runtime_;
  const lambda::EventSourceMapping mapping_;
  const EventFilter filter_;
  sqs::Service& sqs_;
  lambda::Service& lambda_;
  const Schedule schedule_;
  std::list<Batch> batches_;
  core::Timer batching_window_;
  core::Timer retry_pause_;
};

}  // namespace votemu::pipeline
