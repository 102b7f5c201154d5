// Access key ids. As AWS's own, one tells which account it belongs to.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/random.h"

namespace votemu::core {

inline constexpr std::string_view long_term_key_prefix = "AKIA";
inline constexpr std::string_view temporary_key_prefix = "ASIA";

// The prefix and 16 upper-case letters and digits. `account` is 12 digits.
std::string make_access_key(Random& random, std::string_view prefix, std::string_view account);

// nullopt when the text has not the form of such an id.
std::optional<std::string> account_of_access_key(std::string_view access_key);

bool is_account_id(std::string_view text);

}  // namespace votemu::core
