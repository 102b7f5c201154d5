// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Scan.html
#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/expression/evaluate.h"
#include "services/dynamodb/limits.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/read_options.h"
#include "services/dynamodb/request.h"

namespace votemu::dynamodb {
namespace {

std::optional<Segment> segment_of(const Json& request) {
  const auto total = bounded_member(request, "TotalSegments", 1, limits::max_scan_segments);
  const auto number = bounded_member(request, "Segment", 0, limits::max_scan_segments - 1);
  if (!total && !number) return std::nullopt;
  if (!total) {
    throw core::validation_error(
        "The TotalSegments parameter is required but was not present in the request when Segment "
        "parameter is present");
  }
  if (!number) {
    throw core::validation_error(
        "The Segment parameter is required but was not present in the request when parameter "
        "TotalSegments is present");
  }
  if (*number >= *total) {
    throw core::validation_error(
        "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
        "Segment: " +
        std::to_string(*number) + " is not less than TotalSegments: " + std::to_string(*total));
  }
  return Segment{static_cast<std::uint64_t>(*number), static_cast<std::uint64_t>(*total)};
}

PageRequest whole(const Table& table, const IndexDefinition* index) {
  PageRequest page;
  page.table = &table;
  page.index = index;
  page.lower = index != nullptr ? table.index_prefix(*index).bytes() : table.item_prefix.bytes();
  page.upper = after_rows(page.lower);
  return page;
}

}  // namespace

std::string scan(Database& database, const RequestContext& context, const Json& request) {
  const auto texts = expression_texts(request);
  const auto options = read_options(request, texts);
  const auto segment = segment_of(request);
  const RequestExpressions expressions(database.expressions, texts);
  const auto& table = database.tables.require(context.scope, options.table_name);

  auto page = whole(table, options.index_name ? &table.index(*options.index_name) : nullptr);
  page.segment = segment;
  page.limit = options.limit;
  if (options.start_key) page.after_row = start_row(table, page.index, *options.start_key);
  if (expressions.filter) {
    page.filter = [&](const abi::Item& item) {
      return expression::matches(expressions.filter->root, expressions.bindings, item);
    };
  }
  return read_answer(options, page, expressions, read_page(database, page));
}

abi::ScanResponse scan(Database& database, const core::Scope& scope,
                       const abi::ScanRequest& request) {
  check_table_name(request.table_name, "tableName");
  const auto& table = database.tables.require(scope, request.table_name);
  auto page = whole(table, nullptr);
  if (request.exclusive_start_key) {
    const auto key = abi::canonical_attributes(*request.exclusive_start_key);
    page.after_row = start_row(table, nullptr, key);
  }
  auto read = read_page(database, page);
  return {std::move(read.items), std::move(read.last_evaluated_key)};
}

}  // namespace votemu::dynamodb
