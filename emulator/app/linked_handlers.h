// The handlers that are linked into this process, by the names that a template's Handler gives
// them. A new handler is one line here and its folder in the top CMakeLists.txt.
#pragma once

#include <string>
#include <vector>

#include "handlers/abi/handler.h"

namespace votemu::app {

std::vector<abi::NamedHandler> linked_handlers();
std::vector<std::string> linked_handler_names();

}  // namespace votemu::app
