// Pages of rows that are keyed by the text in which a key ends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/keys.h"
#include "core/store.h"

namespace votemu::cognito {

struct RowPage {
  std::vector<std::pair<std::string, core::Json>> rows;  // by their key's last text
  std::optional<std::string> next;                       // the last row's, when there are more
};

// The rows below `prefix` that follow the one of `after`.
RowPage page_of(const core::Store& store, const core::Key& prefix, std::string_view after,
                std::size_t limit);

// How many rows there are below `prefix`; stops counting at `enough`.
std::size_t count_rows(const core::Store& store, const core::Key& prefix, std::size_t enough);

}  // namespace votemu::cognito
