// The account's own credentials, with which everything is allowed in it.
#pragma once

#include <string_view>

namespace votemu::app {

// Its twelve digits are an access key, too, with the same secret.
inline constexpr std::string_view root_access_key = "test";
inline constexpr std::string_view root_secret_access_key = "test";

}  // namespace votemu::app
