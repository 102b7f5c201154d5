// What a function answers of a batch when its mapping asks for partial batch responses.
// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace votemu::pipeline {

// The identifiers that failed, all of them among `known`; empty when the whole batch succeeded: no
// answer, an empty object, a null or empty list. nullopt when the answer is not of the expected
// form or names an unknown identifier: the whole batch has failed then.
std::optional<std::set<std::string>> failed_identifiers(std::string_view function_result,
                                                        const std::vector<std::string_view>& known);

}  // namespace votemu::pipeline
