// How several operations read their requests and find their rows. All throw AwsError.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

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
// By the request's statusCode.
core::Json& method_response_in(core::Json& api, const core::Json& request);
core::Json& integration_response_in(core::Json& api, const core::Json& request);

// One page of a list under "item", its name on the wire, from `position` on, `limit` long.
core::Json paged(const core::Json& request, core::Json items);

}  // namespace votemu::apigateway
