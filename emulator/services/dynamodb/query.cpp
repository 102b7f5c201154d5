// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
#include "services/dynamodb/expression/evaluate.h"
#include "services/dynamodb/expression/key_condition.h"
#include "services/dynamodb/item_key.h"
#include "services/dynamodb/operations.h"
#include "services/dynamodb/read_options.h"
#include "services/dynamodb/request.h"

namespace votemu::dynamodb {
namespace {

using expression::KeyCondition;
using expression::Node;
using expression::NodeKind;
using expression::RangeOperator;

// Filters are for what the key condition cannot ask.
void check_filter(const Node& node, const expression::Bindings& bindings, const KeySchema& keys) {
  if (node.kind == NodeKind::path) {
    const auto& name = bindings.name(node.path.front());
    if (keys.contains(name)) {
      throw core::validation_error(
          "Filter Expression can only contain non-primary key attributes: Primary key attribute: " +
          name);
    }
  }
  for (const auto& child : node.children) check_filter(child, bindings, keys);
}

// Rows with this value in the key's next place, whatever follows.
std::string rows_with(core::Key prefix, const abi::AttributeValue& value) {
  return prefix.text(key_component(value)).bytes();
}

// Rows whose next place begins with this value.
std::string rows_beginning(const core::Key& prefix, const abi::AttributeValue& value) {
  constexpr std::size_t terminator = 2;  // that core::Key ends a text with
  auto row = rows_with(prefix, value);
  row.resize(row.size() - terminator);
  return row;
}

void set_bounds(PageRequest& page, const KeyCondition& condition) {
  core::Key partition =
      page.index != nullptr ? page.table->index_prefix(*page.index) : page.table->item_prefix;
  partition.text(key_component(condition.hash));
  page.lower = partition.bytes();
  page.upper = after_rows(partition.bytes());
  if (!condition.range) return;
  const auto& range = *condition.range;
  const auto here = rows_with(partition, range.value);
  switch (range.op) {
    case RangeOperator::equal:
      page.lower = here;
      page.upper = after_rows(here);
      break;
    case RangeOperator::less:
      page.upper = here;
      break;
    case RangeOperator::less_or_equal:
      page.upper = after_rows(here);
      break;
    case RangeOperator::greater:
      page.lower = after_rows(here);
      break;
    case RangeOperator::greater_or_equal:
      page.lower = here;
      break;
    case RangeOperator::between:
      page.lower = here;
      page.upper = after_rows(rows_with(partition, *range.upper));
      break;
    case RangeOperator::begins_with:
      page.lower = rows_beginning(partition, range.value);
      page.upper = after_rows(page.lower);
      break;
  }
}

void set_start(PageRequest& page, const ReadOptions& options, const KeyCondition& condition,
               const KeySchema& keys) {
  if (!options.start_key) return;
  page.after_row = start_row(*page.table, page.index, *options.start_key);
  if (!(options.start_key->find(keys.hash.name)->second == condition.hash)) {
    throw core::validation_error(
        "The provided starting key is outside query boundaries based on provided conditions");
  }
  if (*page.after_row < page.lower || *page.after_row >= page.upper) {
    throw core::validation_error(
        "The provided starting key does not match the range key predicate");
  }
}

}  // namespace

std::string query(Database& database, const RequestContext& context, const Json& request) {
  const auto texts = expression_texts(request);
  const auto options = read_options(request, texts);
  if (!texts.key_condition) {
    throw core::validation_error(
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the "
        "request.");
  }
  const RequestExpressions expressions(database.expressions, texts);
  const auto& table = database.tables.require(context.scope, options.table_name);

  PageRequest page;
  page.table = &table;
  if (options.index_name) page.index = &table.index(*options.index_name);
  const auto& keys = page.index != nullptr ? page.index->keys : table.definition.keys;
  const auto condition =
      expression::key_condition(*expressions.key_condition, expressions.bindings, keys);
  if (expressions.filter) {
    check_filter(expressions.filter->root, expressions.bindings, keys);
    page.filter = [&](const abi::Item& item) {
      return expression::matches(expressions.filter->root, expressions.bindings, item);
    };
  }
  page.forward = core::boolean_member(request, "ScanIndexForward").value_or(true);
  page.limit = options.limit;
  set_bounds(page, condition);
  set_start(page, options, condition, keys);
  return read_answer(options, page, expressions, read_page(database, page));
}

}  // namespace votemu::dynamodb
