// fixtures/voting-app/template.yaml, built into the program: what is deployed without --template.
#pragma once

#include <string_view>

namespace votemu::app {

std::string_view voting_template();

}  // namespace votemu::app
