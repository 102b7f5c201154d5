// How the operators of conditions compare a value of the request with one of the policy.
#pragma once

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

// What cannot be read as a number or a moment compares with nothing.
bool number_equals(std::string_view value, std::string_view wanted, const Variables&);
bool number_less(std::string_view value, std::string_view wanted, const Variables&);
bool number_less_or_equal(std::string_view value, std::string_view wanted, const Variables&);
bool number_greater(std::string_view value, std::string_view wanted, const Variables&);
bool number_greater_or_equal(std::string_view value, std::string_view wanted, const Variables&);

// In W3C's ISO 8601 forms or as seconds since the epoch.
bool date_equals(std::string_view value, std::string_view wanted, const Variables&);
bool date_less(std::string_view value, std::string_view wanted, const Variables&);
bool date_less_or_equal(std::string_view value, std::string_view wanted, const Variables&);
bool date_greater(std::string_view value, std::string_view wanted, const Variables&);
bool date_greater_or_equal(std::string_view value, std::string_view wanted, const Variables&);

// `wanted` is an address or a range in CIDR form.
bool is_in_range(std::string_view value, std::string_view wanted, const Variables&);

}  // namespace votemu::iam
