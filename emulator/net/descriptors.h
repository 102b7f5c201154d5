// The process's file descriptors: connections must never take those that the store needs to commit.
#pragma once

#include <cstddef>

namespace votemu::net {

// How many descriptors this process may open, after asking the system for as many as the server can
// use.
std::size_t raise_descriptor_limit();

// How many of that many descriptors may be connections.
std::size_t connections_within(std::size_t descriptors);

}  // namespace votemu::net
