#include "services/sqs/row_sweeper.h"

#include <vector>

#include "services/sqs/limits.h"
#include "services/sqs/message.h"

namespace votemu::sqs {

void RowSweeper::sweep(std::uint64_t queue_number, std::uint64_t below) {
  const std::string messages = message_prefix(queue_number).bytes();
  const std::string states = state_prefix(queue_number).bytes();
  ranges_.push_back({messages, messages, std::string(message_key(queue_number, below))});
  ranges_.push_back({states, states, std::string(state_key(queue_number, below))});
  if (!next_run_.pending()) next_run_ = runtime_.timers.after(0, [this] { run(); });
}

void RowSweeper::run() {
  Range& range = ranges_.front();
  std::vector<std::string> keys;
  {
    auto row = runtime_.store.scan_from(range.prefix, range.from);
    while (row.valid() && row.key() < range.end && keys.size() < limits::max_swept_per_turn) {
      keys.emplace_back(row.key());
      row.next();
    }
  }
  for (const auto& key : keys) runtime_.store.erase(key);
  if (keys.size() < limits::max_swept_per_turn) {
    ranges_.pop_front();
  } else {
    range.from = keys.back();
  }
  if (!ranges_.empty()) next_run_ = runtime_.timers.after(0, [this] { run(); });
}

}  // namespace votemu::sqs
