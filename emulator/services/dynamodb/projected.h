// Items as a request's projection expression wants them.
#pragma once

#include <optional>

#include "handlers/abi/attribute_value.h"
#include "services/dynamodb/expression/projection.h"
#include "services/dynamodb/request_expressions.h"

namespace votemu::dynamodb {

// Nothing when the request has no projection expression.
inline std::optional<expression::Projection> projection_of(const RequestExpressions& expressions) {
  if (!expressions.projection) return std::nullopt;
  return expression::Projection(expressions.projection->paths, expressions.bindings);
}

inline abi::Item projected(const RequestExpressions& expressions, abi::Item item) {
  const auto projection = projection_of(expressions);
  if (!projection) return item;
  return projection->apply(item);
}

}  // namespace votemu::dynamodb
