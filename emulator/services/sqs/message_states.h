// The states of a queue's messages in the store: what receiving them has changed.
//
// Messages that are first received together share one row. One whose state changes again gets a
// row of its own, which counts instead of what the shared one says of it. A shared row goes with
// the last message that is left in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/store.h"
#include "services/sqs/message.h"

namespace votemu::sqs {

class MessageStates {
 public:
  // By sequence number, ascending; as state_row_of() makes them.
  using Rows = std::vector<std::pair<std::uint64_t, std::string>>;

  MessageStates(core::Store& store, std::uint64_t queue_number)
      : store_(store), queue_number_(queue_number) {}

  // Of a message that has a state.
  std::string get(std::uint64_t sequence) const;
  // Of messages that have none yet.
  void add(const Rows& rows);
  void replace(std::uint64_t sequence, std::string_view row);
  void erase(std::uint64_t sequence);
  // Forgets all; the rows are left for the sweeper.
  void clear();

  // At start-up: calls `visit` with the row of each message from `first_sequence` on.
  void restore(std::uint64_t first_sequence,
               const std::function<void(std::uint64_t, std::string_view)>& visit);

 private:
  MessageKey key(std::uint64_t sequence) const { return state_key(queue_number_, sequence); }
  std::string shared_key(std::uint64_t first) const;
  void join(std::uint64_t first, std::uint64_t sequence);
  // False when the message had a row of its own.
  bool leave(std::uint64_t sequence);

  core::Store& store_;
  const std::uint64_t queue_number_;
  // Of messages in shared rows, the first one's number; by that, how many are left.
  std::unordered_map<std::uint64_t, std::uint64_t> shared_by_;
  std::unordered_map<std::uint64_t, std::size_t> left_;
};

}  // namespace votemu::sqs
