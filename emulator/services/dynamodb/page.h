// One page of items in key order: what Query and Scan answer at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/database.h"

namespace votemu::dynamodb {

// Of a parallel scan.
struct Segment {
  std::uint64_t number = 0;
  std::uint64_t total = 1;
};

struct PageRequest {
  const Table* table = nullptr;
  const IndexDefinition* index = nullptr;  // nullptr: in the order of the table's own keys
  // Rows from `lower` on and before `upper`.
  std::string lower;
  std::string upper;
  bool forward = true;
  std::optional<std::string> after_row;  // of the item that the page before ended with
  std::optional<std::size_t> limit;      // of items read
  std::optional<Segment> segment;
  std::function<bool(const abi::Item&)> filter;  // empty: all
};

struct Page {
  std::vector<abi::Item> items;  // those that the filter lets through
  std::size_t scanned = 0;
  std::size_t bytes = 0;  // of what was scanned
  std::optional<abi::Item> last_evaluated_key;
};

// Ends at the limit, at 1 MB read before filters, or at the last item.
Page read_page(const Database& database, const PageRequest& request);

// The least row that is greater than every row that begins with `prefix`.
std::string after_rows(std::string prefix);

}  // namespace votemu::dynamodb
