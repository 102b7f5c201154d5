// Members of requests that many operations have, checked as AWS checks them.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/aws_error.h"
#include "core/ids.h"
#include "core/json.h"
#include "core/members.h"
#include "handlers/abi/attribute_value.h"

namespace votemu::dynamodb {

// "1 validation error detected: Value 'VALUE' at 'MEMBER' failed to satisfy constraint: …"
core::AwsError constraint_error(const std::string& value, const std::string& member,
                                const std::string& constraint);
core::AwsError null_member(const std::string& member);

// The table a request names, by name or by ARN. `member` is the name as AWS tells it ("tableName").
std::string table_name_of(const core::Json& request, std::string_view member = "TableName");
void check_table_name(const std::string& name, const std::string& member);

// One of `allowed`, or `fallback` when absent.
std::string choice_member(const core::Json& request, std::string_view name,
                          std::initializer_list<std::string_view> allowed,
                          std::string_view fallback);

// At least `least`.
std::optional<std::int64_t> bounded_member(const core::Json& request, std::string_view name,
                                           std::int64_t least, std::int64_t greatest);

// A map of attribute values that must be there.
abi::AttributeMap attributes_member(const core::Json& request, std::string_view name);

}  // namespace votemu::dynamodb
