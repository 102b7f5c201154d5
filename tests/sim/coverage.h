// What happened in the histories: a simulation that never reaches a case proves nothing about it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string_view>
#include <utility>

namespace votemu::sim {

enum class Happened : std::size_t {
  history,
  vote_acknowledged,
  vote_refused,
  vote_answer_lost,
  vote_retried,
  total_read,
  total_heard,
  total_heard_again,
  word_taken_over,
  word_heard,
  session_resumed,
  subscriber_lost,
  message_sent,
  message_received,
  message_redelivered,
  message_deleted,
  visibility_changed,
  event_accepted,
  event_waited,
  write_together,
  write_refused,
  vote_redelivered,
  vote_in_dead_letters,
  handler_timed_out,
  handler_threw,
  batch_failed_in_part,
  settings_changed,
  clock_set_forward,
  clock_set_back,
  flush,
  start_with_another_stack,
  crash_between_turns,
  crash_before_commit,
  crash_before_outputs,
  crash_within_commit,
  crash_within_flush,
  crash_within_start,
  write_failed,
  no_space_left,
  power_loss,
  power_loss_without_sync,
  audit,
  count,
};

class Coverage {
 public:
  void add(Happened what, std::uint64_t times = 1) {
    counts_[static_cast<std::size_t>(what)] += times;
  }
  std::uint64_t of(Happened what) const { return counts_[static_cast<std::size_t>(what)]; }

  // One line each.
  friend std::ostream& operator<<(std::ostream& out, const Coverage& coverage) {
    for (std::size_t i = 0; i < names.size(); ++i)
      out << coverage.counts_[i] << ' ' << names[i] << '\n';
    return out;
  }
  // The name of something that never happened; "" when everything did.
  std::string_view missing() const {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (counts_[i] == 0) return names[i];
    }
    return {};
  }

 private:
  static constexpr std::size_t size = static_cast<std::size_t>(Happened::count);
  static constexpr std::array<std::string_view, size> names{
      "histories",
      "votes acknowledged",
      "votes refused",
      "votes whose answer was lost",
      "votes tried again",
      "totals read",
      "totals heard by subscribers",
      "totals heard again, marked as duplicates",
      "words of MQTT clients taken over",
      "words heard by MQTT clients",
      "MQTT sessions resumed",
      "subscribers that lost their connection",
      "messages sent",
      "messages received",
      "messages received again",
      "messages deleted",
      "visibility timeouts changed",
      "events accepted",
      "events that wait",
      "writes beside others in one turn",
      "writes refused beside them",
      "votes delivered again",
      "votes in the dead-letter queue",
      "handlers that timed out",
      "handlers that threw",
      "batches that failed in part",
      "settings changed",
      "clocks set forward",
      "clocks set back",
      "flushes",
      "starts that update the stack",
      "crashes between turns",
      "crashes before a commit",
      "crashes between a commit and its outputs",
      "crashes within a commit",
      "crashes within a flush or compaction",
      "crashes within a start",
      "writes that failed",
      "disks that were full",
      "power losses that every commit was synced for",
      "power losses without syncs",
      "audits",
  };
  std::array<std::uint64_t, size> counts_{};
};

}  // namespace votemu::sim
