#include "core/staged_rows.h"

#include <utility>

namespace votemu::core {

const StagedRows::Row* StagedRows::find(std::string_view key) const {
  const auto found = rows_.find(key);
  return found == rows_.end() ? nullptr : &found->second;
}

std::pair<StagedRows::Row&, bool> StagedRows::change(std::string_view key) {
  auto row = rows_.lower_bound(key);
  const bool staged = row != rows_.end() && row->first == key;
  if (!staged) row = rows_.emplace_hint(row, key, Row{});
  if (!savepoints_.empty()) {
    undo_.push_back({row, std::nullopt});
    const bool only_here = row->second.only_here;
    if (staged) undo_.back().before = std::exchange(row->second, Row{std::nullopt, only_here});
  }
  return {row->second, staged};
}

void StagedRows::put(std::string_view key, std::string_view value) {
  change(key).first.value = value;
}

void StagedRows::put_new(std::string_view key, std::string_view value) {
  const auto [row, staged] = change(key);
  row.value = value;
  if (!staged) row.only_here = true;
}

void StagedRows::erase(std::string_view key) {
  change(key).first.value.reset();
}

void StagedRows::rollback_to_savepoint() {
  while (undo_.size() > savepoints_.back()) {
    auto& [row, before] = undo_.back();
    if (before) {
      row->second = std::move(*before);
    } else {
      rows_.erase(row);
    }
    undo_.pop_back();
  }
  savepoints_.pop_back();
}

void StagedRows::pop_savepoint() {
  savepoints_.pop_back();
  if (savepoints_.empty()) undo_.clear();
}

void StagedRows::clear() {
  rows_.clear();
  undo_.clear();
  savepoints_.clear();
}

}  // namespace votemu::core
