#include "services/dynamodb/page.h"

#include "services/dynamodb/item_codec.h"
#include "services/dynamodb/item_key.h"
#include "services/dynamodb/item_size.h"
#include "services/dynamodb/limits.h"

namespace votemu::dynamodb {
namespace {

// FNV-1a: which segment an item is in depends on its partition key alone.
std::uint64_t hash_of(const std::string& bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3;
  }
  return hash;
}

bool in_segment(const PageRequest& request, const abi::Item& item) {
  if (!request.segment) return true;
  const auto& hash = request.table->definition.keys.hash.name;
  return hash_of(key_component(item.find(hash)->second)) % request.segment->total ==
         request.segment->number;
}

// The table's key, and the index's when it was read.
abi::Item evaluated_key(const PageRequest& request, const abi::Item& item) {
  auto key = key_of(request.table->definition.keys, item);
  if (request.index != nullptr) key.merge(key_of(request.index->keys, item));
  return key;
}

core::Store::Cursor begin(const Database& database, const PageRequest& request) {
  // Both bounds are of one table or index: what they share is before them.
  const std::string prefix = request.index != nullptr
                                 ? request.table->index_prefix(*request.index).bytes()
                                 : request.table->item_prefix.bytes();
  if (request.forward) {
    const auto& from = request.after_row ? *request.after_row : request.lower;
    return database.runtime.store.scan_from(prefix, from < request.lower ? request.lower : from);
  }
  const auto& from = request.after_row ? *request.after_row : request.upper;
  return database.runtime.store.scan_back(prefix, from > request.upper ? request.upper : from);
}

bool is_before_range(const PageRequest& request, std::string_view row) {
  if (request.after_row && row == *request.after_row) return true;
  return !request.forward && row >= request.upper;
}

bool is_beyond_range(const PageRequest& request, std::string_view row) {
  return request.forward ? row >= request.upper : row < request.lower;
}

}  // namespace

std::string after_rows(std::string prefix) {
  while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
  if (!prefix.empty()) ++prefix.back();
  return prefix;
}

Page read_page(const Database& database, const PageRequest& request) {
  Page page;
  std::size_t foreign_bytes = 0;
  std::optional<abi::Item> dropped;  // the item read last, when the page does not have it
  const auto last_key = [&]() -> std::optional<abi::Item> {
    if (dropped) return evaluated_key(request, *dropped);
    if (page.items.empty()) return std::nullopt;
    return evaluated_key(request, page.items.back());
  };
  for (auto row = begin(database, request); row.valid(); row.next()) {
    if (is_before_range(request, row.key())) continue;
    if (is_beyond_range(request, row.key())) return page;
    auto item = decode_item(row.value());
    const auto size = item_size(item);
    const bool own = in_segment(request, item);
    const bool full = own ? page.scanned > 0 && page.bytes + size > limits::max_page_bytes
                          : foreign_bytes + size > limits::max_foreign_segment_bytes;
    if (full) {
      page.last_evaluated_key = last_key();
      return page;
    }
    if (!own) {
      foreign_bytes += size;
      dropped = std::move(item);
      continue;
    }
    ++page.scanned;
    page.bytes += size;
    if (!request.filter || request.filter(item)) {
      page.items.push_back(std::move(item));
      dropped.reset();
    } else {
      dropped = std::move(item);
    }
    if (request.limit && page.scanned == *request.limit) {
      page.last_evaluated_key = last_key();
      return page;
    }
  }
  return page;
}

}  // namespace votemu::dynamodb
