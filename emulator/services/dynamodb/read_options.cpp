#include "services/dynamodb/read_options.h"

#include <limits>

#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/item_key.h"
#include "services/dynamodb/item_size.h"
#include "services/dynamodb/projected.h"
#include "services/dynamodb/request.h"

namespace votemu::dynamodb {
namespace {

Select select_of(const core::Json& request, const ExpressionTexts& texts, bool indexed) {
  const auto name = choice_member(
      request, "Select",
      {"SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"}, "");
  if (name.empty()) {
    if (texts.projection) return Select::specific;
    return indexed ? Select::projected : Select::all;
  }
  if (name == "SPECIFIC_ATTRIBUTES") {
    if (texts.projection) return Select::specific;
    throw core::validation_error(
        "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
        "SPECIFIC_ATTRIBUTES");
  }
  if (texts.projection) {
    throw core::validation_error(
        name == "COUNT"
            ? "Cannot specify the ProjectionExpression when choosing to get only the Count"
            : "Cannot specify the ProjectionExpression when choosing to get " + name);
  }
  if (name == "COUNT") return Select::count;
  if (name == "ALL_ATTRIBUTES") return Select::all;
  if (indexed) return Select::projected;
  throw core::validation_error(
      "One or more parameter values were invalid: ALL_PROJECTED_ATTRIBUTES can be used only when "
      "Querying using an IndexName");
}

core::AwsError bad_start_key() {
  return core::validation_error(
      "The provided starting key is invalid: The provided key element does not match the schema");
}

void check_start_attribute(const abi::Item& key, const KeyAttribute& attribute) {
  const auto found = key.find(attribute.name);
  if (found == key.end() || !has_key_type(found->second, attribute.type)) throw bad_start_key();
}

void check_start_keys(const abi::Item& key, const KeySchema& keys) {
  check_start_attribute(key, keys.hash);
  if (keys.range) check_start_attribute(key, *keys.range);
}

// What an index holds of an item.
expression::Projection index_projection(const Table& table, const IndexDefinition& index) {
  auto names = index.non_key_attributes;
  for (const auto* keys : {&table.definition.keys, &index.keys}) {
    names.push_back(keys->hash.name);
    if (keys->range) names.push_back(keys->range->name);
  }
  return expression::Projection(names);
}

std::optional<expression::Projection> page_projection(const ReadOptions& options,
                                                      const PageRequest& request,
                                                      const RequestExpressions& expressions) {
  if (options.select == Select::specific) return projection_of(expressions);
  const bool partial = options.select == Select::projected && request.index != nullptr &&
                       request.index->projection != ProjectionType::all;
  if (!partial) return std::nullopt;
  return index_projection(*request.table, *request.index);
}

}  // namespace

ReadOptions read_options(const core::Json& request, const ExpressionTexts& texts) {
  ReadOptions options;
  options.table_name = table_name_of(request);
  options.index_name = core::string_member(request, "IndexName");
  if (options.index_name) check_table_name(*options.index_name, "indexName");
  const auto limit = bounded_member(request, "Limit", 1, std::numeric_limits<std::int32_t>::max());
  if (limit) options.limit = static_cast<std::size_t>(*limit);
  options.select = select_of(request, texts, options.index_name.has_value());
  options.consistent = core::boolean_member(request, "ConsistentRead").value_or(false);
  options.capacity = capacity_detail(request);
  if (const auto* key = core::object_member(request, "ExclusiveStartKey")) {
    options.start_key = abi::attributes_from_json(*key);
  }
  return options;
}

std::string start_row(const Table& table, const IndexDefinition* index, const abi::Item& key) {
  check_start_keys(key, table.definition.keys);
  std::size_t attributes = table.definition.keys.range ? 2 : 1;
  if (index == nullptr) {
    if (key.size() != attributes) throw bad_start_key();
    return item_row(table, key).bytes();
  }
  check_start_keys(key, index->keys);
  for (const auto& name :
       {index->keys.hash.name, index->keys.range ? index->keys.range->name : ""}) {
    if (!name.empty() && !table.definition.keys.contains(name)) ++attributes;
  }
  if (key.size() != attributes) throw bad_start_key();
  return index_row(table, *index, key)->bytes();
}

std::string read_answer(const ReadOptions& options, const PageRequest& request,
                        const RequestExpressions& expressions, const Page& page) {
  std::string answer = "{";
  if (options.capacity != CapacityDetail::none) {
    const auto units = read_units(page.bytes, options.consistent);
    const auto capacity = options.index_name
                              ? consumed_capacity_of_index(options.capacity, options.table_name,
                                                           *options.index_name, units)
                              : consumed_capacity(options.capacity, options.table_name, units);
    answer.append(R"("ConsumedCapacity":)").append(core::dump_json(capacity)).push_back(',');
  }
  answer.append(R"("Count":)").append(std::to_string(page.items.size()));
  if (options.select != Select::count) {
    const auto projection = page_projection(options, request, expressions);
    answer += R"(,"Items":[)";
    for (const auto& item : page.items) {
      if (&item != &page.items.front()) answer += ',';
      if (projection) {
        abi::append_attributes_json(answer, projection->apply(item));
      } else {
        abi::append_attributes_json(answer, item);
      }
    }
    answer += ']';
  }
  if (page.last_evaluated_key) {
    answer += R"(,"LastEvaluatedKey":)";
    abi::append_attributes_json(answer, *page.last_evaluated_key);
  }
  return answer.append(R"(,"ScannedCount":)").append(std::to_string(page.scanned)) += '}';
}

}  // namespace votemu::dynamodb
