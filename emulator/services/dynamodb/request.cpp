#include "services/dynamodb/request.h"

#include <algorithm>

#include "core/constraints.h"
#include "core/text.h"
#include "handlers/abi/attribute_json.h"
#include "services/dynamodb/limits.h"

namespace votemu::dynamodb {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-';
}

}  // namespace

core::AwsError constraint_error(const std::string& value, const std::string& member,
                                const std::string& constraint) {
  return core::validation_error(core::violation(value, member, constraint));
}

core::AwsError null_member(const std::string& member) {
  return core::validation_error(core::null_violation(member));
}

void check_table_name(const std::string& name, const std::string& member) {
  if (!std::all_of(name.begin(), name.end(), is_name_character)) {
    throw constraint_error(name, member,
                           "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
  }
  if (name.size() < limits::min_table_name_length) {
    throw constraint_error(name, member, "Member must have length greater than or equal to 3");
  }
  if (name.size() > limits::max_table_name_length) {
    throw constraint_error(name, member, "Member must have length less than or equal to 255");
  }
}

std::string table_name_of(const core::Json& request, std::string_view member) {
  const auto name = core::string_member(request, member);
  if (!name) throw null_member(core::lower_first(member));
  if (const auto arn = core::Arn::parse(*name)) {
    constexpr std::string_view prefix = "table/";
    if (arn->service == "dynamodb" && arn->resource.starts_with(prefix)) {
      auto table = arn->resource.substr(prefix.size());
      check_table_name(table, core::lower_first(member));
      return table;
    }
  }
  check_table_name(*name, core::lower_first(member));
  return *name;
}

std::string choice_member(const core::Json& request, std::string_view name,
                          std::initializer_list<std::string_view> allowed,
                          std::string_view fallback) {
  const auto value = core::string_member(request, name);
  if (!value) return std::string(fallback);
  if (std::find(allowed.begin(), allowed.end(), *value) != allowed.end()) return *value;
  std::string listed;
  for (const auto one : allowed) listed.append(listed.empty() ? "" : ", ").append(one);
  throw constraint_error(*value, core::lower_first(name),
                         "Member must satisfy enum value set: [" + listed + "]");
}

std::optional<std::int64_t> bounded_member(const core::Json& request, std::string_view name,
                                           std::int64_t least, std::int64_t greatest) {
  const auto value = core::integer_member(request, name);
  if (!value) return std::nullopt;
  if (*value < least) {
    throw constraint_error(
        std::to_string(*value), core::lower_first(name),
        "Member must have value greater than or equal to " + std::to_string(least));
  }
  if (*value > greatest) {
    throw constraint_error(
        std::to_string(*value), core::lower_first(name),
        "Member must have value less than or equal to " + std::to_string(greatest));
  }
  return value;
}

abi::AttributeMap attributes_member(const core::Json& request, std::string_view name) {
  const auto* map = core::object_member(request, name);
  if (map == nullptr) throw null_member(core::lower_first(name));
  return abi::attributes_from_json(*map);
}

}  // namespace votemu::dynamodb
