// The rows of the database and those that the turn has staged, walked as one sequence.
#include <utility>

#include "core/store_database.h"

namespace votemu::core {
namespace {

// The least key that is greater than every key with this prefix; empty when there is none.
std::string after_prefix(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) ++end.back();
  return end;
}

}  // namespace

struct Store::Cursor::State {
  enum class At { database, staged, both, end };
  using StagedRow = StagedRows::Rows::const_iterator;

  const bool ascending;
  const std::string first_key;
  const std::string end_key;  // empty: all that follow
  const rocksdb::Slice lower_bound{first_key};
  const rocksdb::Slice upper_bound{end_key};
  std::unique_ptr<rocksdb::Iterator> database;
  StagedRow staged_first;
  StagedRow staged_end;
  StagedRow staged;  // the next row; descending: behind it
  At at = At::end;

  State(Database& store, std::string_view prefix, bool upwards)
      : ascending(upwards), first_key(prefix), end_key(after_prefix(prefix)) {
    rocksdb::ReadOptions options;
    options.iterate_lower_bound = &lower_bound;
    if (!end_key.empty()) options.iterate_upper_bound = &upper_bound;
    database.reset(store.db->NewIterator(options));
    const auto& rows = store.staged.rows();
    staged_first = rows.lower_bound(first_key);
    staged_end = end_key.empty() ? rows.end() : rows.lower_bound(end_key);
    staged = ascending ? staged_first : staged_end;
  }

  bool has_staged() const { return staged != (ascending ? staged_end : staged_first); }
  const StagedRows::Rows::value_type& staged_row() const {
    return ascending ? *staged : *std::prev(staged);
  }

  // Which of the two comes first; a row that the turn wrote hides the database's.
  void choose() {
    check(database->status());
    const bool has_database = database->Valid();
    if (!has_staged()) {
      at = has_database ? At::database : At::end;
    } else if (!has_database) {
      at = At::staged;
    } else {
      const int order = view(database->key()).compare(staged_row().first);
      at = order == 0 ? At::both : (order < 0) == ascending ? At::database : At::staged;
    }
  }

  void step() {
    if (at != At::database) ascending ? ++staged : --staged;
    if (at == At::staged) return;
    if (ascending) {
      database->Next();
    } else {
      database->Prev();
    }
  }

  // To the next row that has not been erased.
  void settle() {
    for (choose(); at == At::staged || at == At::both; choose()) {
      if (staged_row().second.value) return;
      step();
    }
  }
};

Store::Cursor::Cursor(std::unique_ptr<State> state) : state_(std::move(state)) {
  state_->settle();
}
Store::Cursor::Cursor(Cursor&&) noexcept = default;
Store::Cursor& Store::Cursor::operator=(Cursor&&) noexcept = default;
Store::Cursor::~Cursor() = default;

bool Store::Cursor::valid() const {
  return state_->at != State::At::end;
}

std::string_view Store::Cursor::key() const {
  return state_->at == State::At::database ? view(state_->database->key())
                                           : state_->staged_row().first;
}

std::string_view Store::Cursor::value() const {
  return state_->at == State::At::database ? view(state_->database->value())
                                           : *state_->staged_row().second.value;
}

void Store::Cursor::next() {
  state_->step();
  state_->settle();
}

Store::Cursor Store::scan(std::string_view prefix) const {
  return scan_from(prefix, prefix);
}

Store::Cursor Store::scan_from(std::string_view prefix, std::string_view from) const {
  auto state = std::make_unique<Cursor::State>(*database_, prefix, true);
  if (from > prefix) {
    state->database->Seek(slice(from));
    const auto staged = database_->staged.rows().lower_bound(from);
    state->staged = from > state->end_key && !state->end_key.empty() ? state->staged_end : staged;
  } else {
    state->database->SeekToFirst();
  }
  return Cursor(std::move(state));
}

Store::Cursor Store::scan_back(std::string_view prefix,
                               std::optional<std::string_view> from) const {
  auto state = std::make_unique<Cursor::State>(*database_, prefix, false);
  if (from && (state->end_key.empty() || *from < state->end_key)) {
    state->database->SeekForPrev(slice(*from));
    const auto staged = database_->staged.rows().upper_bound(*from);
    state->staged = *from < state->first_key ? state->staged_first : staged;
  } else {
    state->database->SeekToLast();
  }
  return Cursor(std::move(state));
}

}  // namespace votemu::core
