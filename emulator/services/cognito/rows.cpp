#include "services/cognito/rows.h"

namespace votemu::cognito {

RowPage page_of(const core::Store& store, const core::Key& prefix, std::string_view after,
                std::size_t limit) {
  core::Key first = prefix;
  if (!after.empty()) first.text(after);
  RowPage page;
  for (auto row = store.scan_from(prefix, first); row.valid(); row.next()) {
    if (row.key() == first.bytes()) continue;
    if (page.rows.size() == limit) {
      page.next = page.rows.back().first;
      break;
    }
    // The reader takes a table's byte off; here it takes the last byte of the prefix.
    core::KeyReader last(row.key().substr(prefix.bytes().size() - 1));
    page.rows.emplace_back(last.text(), core::parse_own_json(row.value()));
  }
  return page;
}

std::size_t count_rows(const core::Store& store, const core::Key& prefix, std::size_t enough) {
  std::size_t count = 0;
  for (auto row = store.scan(prefix); row.valid() && count < enough; row.next()) ++count;
  return count;
}

}  // namespace votemu::cognito
