#include "core/json.h"

#include "core/aws_error.h"

namespace votemu::core {

Json parse_json(std::string_view text) {
  bool too_deep = false;
  const auto guard = [&](int depth, Json::parse_event_t event, Json&) {
    const bool opens =
        event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
    if (opens && depth >= max_json_depth) too_deep = true;
    return !too_deep;
  };
  // The parser itself does not recurse; what is too deep is dropped as it is read.
  Json value = Json::parse(text, guard, false);
  if (too_deep || value.is_discarded()) {
    throw serialization_error("Could not parse request body into json");
  }
  return value;
}

std::string dump_json(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_quote(std::string_view text) {
  return dump_json(Json(text));
}

}  // namespace votemu::core
