#include "services/dynamodb/write_options.h"

#include <algorithm>

#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/expression/evaluate.h"
#include "services/dynamodb/item_size.h"
#include "services/dynamodb/request.h"

namespace votemu::dynamodb {

std::optional<ReturnValues> return_values_named(std::string_view name) {
  if (name == "NONE") return ReturnValues::none;
  if (name == "ALL_OLD") return ReturnValues::all_old;
  if (name == "UPDATED_OLD") return ReturnValues::updated_old;
  if (name == "ALL_NEW") return ReturnValues::all_new;
  if (name == "UPDATED_NEW") return ReturnValues::updated_new;
  return std::nullopt;
}

WriteOptions write_options(const core::Json& request) {
  WriteOptions options;
  const auto values =
      choice_member(request, "ReturnValues",
                    {"ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"}, "NONE");
  options.return_values = *return_values_named(values);
  options.return_old_on_failure = choice_member(request, "ReturnValuesOnConditionCheckFailure",
                                                {"ALL_OLD", "NONE"}, "NONE") == "ALL_OLD";
  options.capacity = capacity_detail(request);
  // Accepted; votemu keeps no statistics of item collections.
  choice_member(request, "ReturnItemCollectionMetrics", {"SIZE", "NONE"}, "NONE");
  return options;
}

WriteOptions replacing_write_options(const core::Json& request) {
  const auto options = write_options(request);
  if (options.return_values != ReturnValues::none &&
      options.return_values != ReturnValues::all_old) {
    throw core::validation_error("ReturnValues can only be ALL_OLD or NONE");
  }
  return options;
}

void check_condition(const RequestExpressions& expressions, const abi::Item* old_item,
                     bool return_old_on_failure) {
  if (!expressions.condition) return;
  static const abi::Item no_item;
  const auto& item = old_item != nullptr ? *old_item : no_item;
  if (expression::matches(expressions.condition->root, expressions.bindings, item)) return;
  std::string details;
  if (return_old_on_failure && old_item != nullptr) {
    details = R"({"Item":)";
    abi::append_attributes_json(details, *old_item);
    details += "}";
  }
  throw core::AwsError("ConditionalCheckFailedException", "The conditional request failed", 400,
                       details);
}

core::Json write_answer(const WriteOptions& options, const std::string& table_name,
                        const abi::Item* attributes, const abi::Item* old_item,
                        const abi::Item* new_item) {
  core::Json answer = core::Json::object();
  if (attributes != nullptr && !attributes->empty()) {
    answer["Attributes"] = abi::attributes_to_json(*attributes);
  }
  if (options.capacity != CapacityDetail::none) {
    const auto size = [](const abi::Item* item) { return item != nullptr ? item_size(*item) : 0; };
    const auto bytes = std::max(size(old_item), size(new_item));
    answer["ConsumedCapacity"] =
        consumed_capacity(options.capacity, table_name, write_units(bytes));
  }
  return answer;
}

}  // namespace votemu::dynamodb
