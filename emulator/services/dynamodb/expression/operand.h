// What an operand of an expression comes to.
#pragma once

#include <optional>
#include <utility>

#include "handlers/abi/attribute_value.h"

namespace votemu::dynamodb::expression {

// A value that stands in the item or the request, which outlives this; one that was computed; or
// nothing.
class Operand {
 public:
  Operand(const abi::AttributeValue* found) : found_(found) {}               // NOLINT(*-explicit-*)
  Operand(abi::AttributeValue computed) : computed_(std::move(computed)) {}  // NOLINT(*-explicit-*)

  explicit operator bool() const { return found_ || computed_; }
  const abi::AttributeValue& operator*() const { return computed_ ? *computed_ : *found_; }
  abi::AttributeValue take() && { return computed_ ? std::move(*computed_) : *found_; }

 private:
  const abi::AttributeValue* found_ = nullptr;
  std::optional<abi::AttributeValue> computed_;
};

}  // namespace votemu::dynamodb::expression
