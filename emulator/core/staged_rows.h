// What the current turn has written and not yet committed: the last write of each row.
//
// A turn writes some rows many times (a total that many votes change) and makes others that it
// takes away again (a message that is sent, received and deleted): the database sees what is left.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace votemu::core {

class StagedRows {
 public:
  struct Row {
    std::optional<std::string> value;  // nullopt: erased
    bool only_here = false;            // the database has no row of this key
    // Nothing is to be told to the database of a row that came and went.
    bool changes_nothing() const { return only_here && !value; }
  };
  using Rows = std::map<std::string, Row, std::less<>>;  // in the order of keys

  // nullptr when the turn has not touched the row.
  const Row* find(std::string_view key) const;
  const Rows& rows() const { return rows_; }

  void put(std::string_view key, std::string_view value);
  // The same where the database has no row of this key.
  void put_new(std::string_view key, std::string_view value);
  void erase(std::string_view key);

  // Savepoints nest. Each one set is either rolled back to or popped, which keeps what was written
  // since.
  void set_savepoint() { savepoints_.push_back(undo_.size()); }
  void rollback_to_savepoint();
  void pop_savepoint();

  void clear();

 private:
  struct Undo {
    Rows::iterator row;
    std::optional<Row> before;  // nullopt: it was not staged
  };

  // The row, made if it is missing, after what it was has been noted; whether it was there.
  std::pair<Row&, bool> change(std::string_view key);

  Rows rows_;
  std::vector<Undo> undo_;
  std::vector<std::size_t> savepoints_;  // sizes of undo_
};

}  // namespace votemu::core
