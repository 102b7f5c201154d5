// What Query and Scan have in common.
#pragma once

#include <optional>
#include <string>

#include "core/json.h"
#include "services/dynamodb/capacity.h"
#include "services/dynamodb/page.h"
#include "services/dynamodb/request_expressions.h"

namespace votemu::dynamodb {

enum class Select { all, projected, count, specific };

struct ReadOptions {
  std::string table_name;
  std::optional<std::string> index_name;
  std::optional<std::size_t> limit;
  Select select = Select::all;
  bool consistent = false;
  CapacityDetail capacity = CapacityDetail::none;
  std::optional<abi::Item> start_key;
};

// Throws ValidationException when members contradict each other.
ReadOptions read_options(const core::Json& request, const ExpressionTexts& texts);

// The row of ExclusiveStartKey; throws ValidationException when it is no key of what is read.
std::string start_row(const Table& table, const IndexDefinition* index, const abi::Item& key);

// The answer's JSON text.
std::string read_answer(const ReadOptions& options, const PageRequest& request,
                        const RequestExpressions& expressions, const Page& page);

}  // namespace votemu::dynamodb
