#include "services/dynamodb/request_expressions.h"

#include <array>

#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/expression/check.h"
#include "services/dynamodb/request.h"

namespace votemu::dynamodb {
namespace {

using expression::Role;

constexpr std::array<std::string_view, 7> legacy_parameters = {
    "AttributesToGet", "AttributeUpdates", "ConditionalOperator", "Expected",
    "KeyConditions",   "QueryFilter",      "ScanFilter"};

void refuse_legacy_parameters(const core::Json& request) {
  for (const auto name : legacy_parameters) {
    if (core::find_member(request, name) == nullptr) continue;
    throw core::validation_error("The legacy parameter " + std::string(name) +
                                 " is not supported: use an expression");
  }
}

std::optional<expression::Names> names_of(const core::Json& request) {
  const auto* map = core::object_member(request, "ExpressionAttributeNames");
  if (map == nullptr) return std::nullopt;
  expression::Names names;
  for (const auto& [placeholder, name] : map->get_ref<const core::Json::object_t&>()) {
    auto text = core::string_member(*map, placeholder);
    if (!text) throw null_member("expressionAttributeNames." + placeholder);
    names.emplace_hint(names.end(), placeholder, std::move(*text));
  }
  return names;
}

std::optional<abi::AttributeMap> values_of(const core::Json& request) {
  const auto* map = core::object_member(request, "ExpressionAttributeValues");
  if (map == nullptr) return std::nullopt;
  abi::AttributeMap values;
  for (const auto& [placeholder, value] : map->get_ref<const core::Json::object_t&>()) {
    try {
      values.emplace_hint(values.end(), placeholder, abi::attribute_from_json(value));
    } catch (const core::AwsError& error) {
      if (error.code() != "ValidationException") throw;
      throw core::validation_error("ExpressionAttributeValues contains invalid value: " +
                                   error.message() + " for key " + placeholder);
    }
  }
  return values;
}

void check_there_is_use(const ExpressionTexts& texts) {
  const bool valued = texts.update || texts.condition || texts.filter || texts.key_condition;
  if (texts.names && !valued && !texts.projection) {
    throw core::validation_error(
        "ExpressionAttributeNames can only be specified when using expressions");
  }
  if (texts.values && !valued) {
    throw core::validation_error(
        "ExpressionAttributeValues can only be specified when using expressions");
  }
}

}  // namespace

ExpressionTexts expression_texts(const core::Json& request) {
  refuse_legacy_parameters(request);
  ExpressionTexts texts;
  texts.update = core::string_member(request, "UpdateExpression");
  texts.condition = core::string_member(request, "ConditionExpression");
  texts.filter = core::string_member(request, "FilterExpression");
  texts.key_condition = core::string_member(request, "KeyConditionExpression");
  texts.projection = core::string_member(request, "ProjectionExpression");
  texts.names = names_of(request);
  texts.values = values_of(request);
  check_there_is_use(texts);
  return texts;
}

RequestExpressions::RequestExpressions(expression::Cache& cache, const ExpressionTexts& texts)
    : bindings(texts.names ? &*texts.names : nullptr, texts.values ? &*texts.values : nullptr) {
  if (texts.update) update = cache.update(*texts.update);
  if (update) check(*update, bindings);
  if (texts.condition) condition = cache.condition(Role::condition, *texts.condition);
  if (condition) check(*condition, bindings);
  if (texts.key_condition) {
    key_condition = cache.condition(Role::key_condition, *texts.key_condition);
  }
  if (key_condition) check(*key_condition, bindings);
  if (texts.filter) filter = cache.condition(Role::filter, *texts.filter);
  if (filter) check(*filter, bindings);
  if (texts.projection) projection = cache.projection(*texts.projection);
  if (projection) check(*projection, bindings);
  bindings.check_all_used();
}

}  // namespace votemu::dynamodb
