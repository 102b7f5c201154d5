#include "services/sqs/message_states.h"

#include <array>
#include <stdexcept>
#include <unordered_set>

#include "services/sqs/big_endian.h"

namespace votemu::sqs {
namespace {

// Follows the first message's own key in the key of a row that it shares.
constexpr char shared_mark = '+';

// A shared row is its messages' numbers and rows, each after its length.
void append_row(std::string& shared, std::uint64_t sequence, std::string_view row) {
  std::array<char, 8 + 4> head{};
  write_big_endian(&head[0], sequence);
  write_big_endian(&head[8], static_cast<std::uint32_t>(row.size()));
  shared.append(head.data(), head.size()).append(row);
}

// Takes the first row off. Throws std::runtime_error when it is none: the store is corrupt.
std::pair<std::uint64_t, std::string_view> take_row(std::string_view& shared) {
  constexpr std::size_t head_size = 8 + 4;
  const std::size_t size =
      shared.size() < head_size ? 0 : read_big_endian<std::uint32_t>(&shared[8]);
  if (size == 0 || shared.size() - head_size < size) {
    throw std::runtime_error("the states of messages in the store are cut off");
  }
  const auto sequence = read_big_endian<std::uint64_t>(shared.data());
  const auto row = shared.substr(head_size, size);
  shared.remove_prefix(head_size + size);
  return {sequence, row};
}

// Looks messages up that are asked for in their order, as a rule.
class MessageWalk {
 public:
  MessageWalk(const core::Store& store, std::uint64_t queue_number)
      : store_(store),
        queue_number_(queue_number),
        prefix_(message_prefix(queue_number)),
        row_(store.scan(prefix_)) {}

  // Empty when there is no such message.
  std::string_view id_of(std::uint64_t sequence) {
    const MessageKey key = message_key(queue_number_, sequence);
    for (int step = 0; step < nearby && row_.valid() && row_.key() < key; ++step) row_.next();
    if (!row_.valid() || row_.key() != key) row_ = store_.scan_from(prefix_, key);
    return row_.valid() && row_.key() == key ? decode_message_id(row_.value()) : std::string_view();
  }

 private:
  static constexpr int nearby = 20;  // rows; beyond, looking for the key is faster

  const core::Store& store_;
  const std::uint64_t queue_number_;
  const core::Key prefix_;
  core::Store::Cursor row_;
};

}  // namespace

std::string MessageStates::get(std::uint64_t sequence) const {
  const auto shared = shared_by_.find(sequence);
  if (shared == shared_by_.end()) return store_.get(key(sequence)).value();
  const std::string rows = store_.get(shared_key(shared->second)).value();
  std::string_view rest = rows;
  for (;;) {
    const auto [number, row] = take_row(rest);
    if (number == sequence) return std::string(row);
  }
}

void MessageStates::add(const Rows& rows) {
  if (rows.size() == 1) return store_.put_new(key(rows.front().first), rows.front().second);
  if (rows.empty()) return;
  const std::uint64_t first = rows.front().first;
  std::string shared;
  shared.reserve(rows.size() * (12 + rows.front().second.size()));
  for (const auto& [sequence, row] : rows) {
    append_row(shared, sequence, row);
    join(first, sequence);
  }
  store_.put_new(shared_key(first), shared);
}

void MessageStates::replace(std::uint64_t sequence, std::string_view row) {
  leave(sequence);
  store_.put(key(sequence), row);
}

void MessageStates::erase(std::uint64_t sequence) {
  if (!leave(sequence)) store_.erase(key(sequence));
}

void MessageStates::clear() {
  shared_by_.clear();
  left_.clear();
}

void MessageStates::restore(std::uint64_t first_sequence,
                            const std::function<void(std::uint64_t, std::string_view)>& visit) {
  std::vector<std::pair<std::uint64_t, std::string>> shared_rows;
  std::unordered_set<std::uint64_t> own;
  const core::Key prefix = state_prefix(queue_number_);
  for (auto row = store_.scan_from(prefix, key(first_sequence)); row.valid(); row.next()) {
    core::KeyReader reader(row.key());
    reader.number();
    const std::uint64_t sequence = reader.number();
    if (!reader.rest().empty()) {
      shared_rows.emplace_back(sequence, row.value());
    } else {
      own.insert(sequence);
      visit(sequence, row.value());
    }
  }
  std::vector<std::uint64_t> abandoned;
  {
    MessageWalk messages(store_, queue_number_);
    for (const auto& [first, shared] : shared_rows) {
      for (std::string_view rest = shared; !rest.empty();) {
        const auto [sequence, row] = take_row(rest);
        // It may be gone, and another have got its number.
        if (own.contains(sequence) || messages.id_of(sequence) != decode_message_id(row)) continue;
        join(first, sequence);
        visit(sequence, row);
      }
      if (!left_.contains(first)) abandoned.push_back(first);
    }
  }
  for (const auto first : abandoned) store_.erase(shared_key(first));
}

std::string MessageStates::shared_key(std::uint64_t first) const {
  return std::string(key(first)) + shared_mark;
}

void MessageStates::join(std::uint64_t first, std::uint64_t sequence) {
  shared_by_[sequence] = first;
  ++left_[first];
}

bool MessageStates::leave(std::uint64_t sequence) {
  const auto shared = shared_by_.find(sequence);
  if (shared == shared_by_.end()) return false;
  const std::uint64_t first = shared->second;
  shared_by_.erase(shared);
  const auto left = left_.find(first);
  if (--left->second > 0) return true;
  left_.erase(left);
  store_.erase(shared_key(first));
  return true;
}

}  // namespace votemu::sqs
