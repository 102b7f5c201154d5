// A table's stream that invokes a function.
// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/runtime.h"
#include "pipeline/event_filter.h"
#include "pipeline/trigger.h"
#include "services/dynamodb/service.h"
#include "services/sqs/service.h"

namespace votemu::pipeline {

// Batches follow one another in the stream's order; how far they have come is kept in the store and
// moves in the commit that keeps what the handler did. A batch that fails is tried again, with
// growing pauses, until it succeeds, its attempts are used up or its records are gone from the
// stream.
class StreamTrigger final : public Trigger {
 public:
  StreamTrigger(core::Runtime& runtime, lambda::EventSourceMapping mapping,
                dynamodb::Service& dynamodb, sqs::Service& sqs, lambda::Service& lambda,
                Schedule schedule);

  void run() override;
  void forget() override;

 private:
  using Records = std::vector<dynamodb::StreamRecord>;

  Records read() const;
  bool waits_for_more(const Records& records);
  void skip_filtered(Records& records);
  void process(Records records);
  void finish();
  // The index of the first record to try again: the batch's size when all succeeded.
  std::size_t first_failure(const std::string& function_result) const;
  void retry(const std::string& request_id, std::size_t failed_from);
  bool exhausted() const;
  void give_up(const std::string& request_id);
  void move_checkpoint(const std::string& sequence_number);

  core::Runtime& runtime_;
  const lambda::EventSourceMapping mapping_;
  const EventFilter filter_;
  dynamodb::Service& dynamodb_;
  sqs::Service& sqs_;
  lambda::Service& lambda_;
  const Schedule schedule_;
  const std::string checkpoint_key_;
  std::string checkpoint_;  // the last sequence number that is done with; "" for none
  std::size_t batch_limit_;
  Records batch_;
  abi::Task<lambda::InvokeResult> invocation_;
  int failed_attempts_ = 0;
  bool window_over_ = false;
  core::Timer batching_window_;
  core::Timer retry_pause_;
};

}  // namespace votemu::pipeline
