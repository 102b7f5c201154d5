#include "pipeline/batch_response.h"

#include "core/aws_error.h"
#include "core/json.h"

namespace votemu::pipeline {
namespace {

std::optional<std::string> identifier_of(const core::Json& failure) {
  if (!failure.is_object()) return std::nullopt;
  const auto found = failure.find("itemIdentifier");
  if (found == failure.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

}  // namespace

std::optional<std::set<std::string>> failed_identifiers(std::string_view function_result,
                                                        const std::set<std::string>& known) {
  std::set<std::string> failed;
  if (function_result.empty()) return failed;
  core::Json result;
  try {
    result = core::parse_json(function_result);
  } catch (const core::AwsError&) {
    return std::nullopt;
  }
  if (result.is_null() || (result.is_array() && result.empty())) return failed;
  if (!result.is_object()) return std::nullopt;
  const auto failures = result.find("batchItemFailures");
  if (failures == result.end() || failures->is_null()) return failed;
  if (!failures->is_array()) return std::nullopt;
  for (const auto& failure : *failures) {
    auto identifier = identifier_of(failure);
    if (!identifier || !known.contains(*identifier)) return std::nullopt;
    failed.insert(std::move(*identifier));
  }
  return failed;
}

}  // namespace votemu::pipeline
