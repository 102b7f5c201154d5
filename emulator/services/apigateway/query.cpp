#include "services/apigateway/query.h"

#include <algorithm>

#include "core/text.h"

namespace votemu::apigateway {

Pairs decode_query(std::string_view query) {
  Pairs parameters;
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    parameters.emplace_back(core::percent_decode(pair.substr(0, equals), true),
                            equals == std::string_view::npos
                                ? ""
                                : core::percent_decode(pair.substr(equals + 1), true));
  }
  return parameters;
}

}  // namespace votemu::apigateway
