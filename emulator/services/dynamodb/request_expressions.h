// A request's expressions, put together with its names and values.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/json.h"
#include "services/dynamodb/expression/ast.h"
#include "services/dynamodb/expression/bindings.h"
#include "services/dynamodb/expression/cache.h"

namespace votemu::dynamodb {

// As a request says them, before anything is parsed.
struct ExpressionTexts {
  std::optional<std::string> update;
  std::optional<std::string> condition;
  std::optional<std::string> filter;
  std::optional<std::string> key_condition;
  std::optional<std::string> projection;
  std::optional<expression::Names> names;
  std::optional<abi::AttributeMap> values;
};

// The members of the request that hold expressions; those the operation does not have are ignored
// by whoever does not parse them. Throws ValidationException when names or values come without one
// of them, or when a parameter of the API before expressions is used, which votemu does not serve.
ExpressionTexts expression_texts(const core::Json& request);

// Parsed, checked, and all placeholders used. Points into the texts, which must outlive it.
class RequestExpressions {
 public:
  RequestExpressions(expression::Cache& cache, const ExpressionTexts& texts);
  RequestExpressions(const RequestExpressions&) = delete;
  RequestExpressions& operator=(const RequestExpressions&) = delete;

  // nullptr when the request has none.
  std::shared_ptr<const expression::UpdateExpression> update;
  std::shared_ptr<const expression::ConditionExpression> condition;
  std::shared_ptr<const expression::ConditionExpression> filter;
  std::shared_ptr<const expression::ConditionExpression> key_condition;
  std::shared_ptr<const expression::ProjectionExpression> projection;
  expression::Bindings bindings;
};

}  // namespace votemu::dynamodb
