// The names that a server's certificate is for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace votemu::certificates {

bool is_ip_address(std::string_view text);

// An IP address or a DNS name in ASCII, which may begin with "*.".
bool is_host_name(std::string_view text);

// The names under which this machine alone is meant, with those that lead to AWS's hosts of one
// API or one bucket.
const std::vector<std::string>& names_of_this_machine();

}  // namespace votemu::certificates
