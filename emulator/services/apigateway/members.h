// How several operations read their requests and find their rows. All throw AwsError.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace votemu::apigateway {

// BadRequestException when absent or empty.
std::string required_string(const core::Json& request, std::string_view member);

// Copies the request's members of these names, when they are there, as they are.
void copy_members(const core::Json& request, std::initializer_list<std::string_view> members,
                  core::Json& to);

// In a copy of an API's row: NotFoundException when there is none.
core::Json& resource_in(core::Json& api, const core::Json& request);
core::Json& method_in(core::Json& api, const core::Json& request);
core::Json& integration_in(core::Json& api, const core::Json& request);

// One page of a list under "item", its name on the wire, from `position` on, `limit` long.
core::Json paged(const core::Json& request, core::Json items);

// A patch of UpdateRestApi or UpdateStage.
struct Patch {
  std::string op;    // "replace", "add" or "remove"
  std::string path;  // "/description"
  std::string value;
};
std::vector<Patch> patches_member(const core::Json& request);

}  // namespace votemu::apigateway
