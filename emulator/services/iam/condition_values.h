// How the operators of conditions compare a value of the request with one of the policy.
#pragma once

#include <optional>
#include <string_view>

#include "services/iam/pattern.h"

namespace votemu::iam {

// Whether `value`, which the request has, is as `wanted` says.
using Comparison = bool (*)(std::string_view value, std::string_view wanted,
                            const Variables& variables);

bool equals(std::string_view value, std::string_view wanted, const Variables& variables);
bool equals_in_any_case(std::string_view value, std::string_view wanted,
                        const Variables& variables);
bool is_like(std::string_view value, std::string_view wanted, const Variables& variables);
bool is_like_arn(std::string_view value, std::string_view wanted, const Variables& variables);

// nullopt for what is none.
std::optional<double> read_number(std::string_view text);
// Seconds since the epoch, from W3C's ISO 8601 forms or from a number. Four digits are a year.
std::optional<double> read_moment(std::string_view text);

// What cannot be read compares with nothing.
template <auto read, class Compare>
bool compares(std::string_view value, std::string_view wanted, const Variables&) {
  const auto left = read(value);
  const auto right = read(wanted);
  return left && right && Compare()(*left, *right);
}

// `wanted` is an address or a range in CIDR form.
bool is_in_range(std::string_view value, std::string_view wanted, const Variables&);

}  // namespace votemu::iam
