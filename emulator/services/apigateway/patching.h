// Patch operations, as the Update… operations of API Gateway take them.
// https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace votemu::apigateway {

struct Patch {
  std::string op;    // "replace", "add" or "remove"
  std::string path;  // "/description"
  std::string value;
};

// Throws BadRequestException.
std::vector<Patch> patches_member(const core::Json& request);

// What a patch may name: a member ("/uri"), or with a map or list the entries of one
// ("/requestTemplates/{…}", where "~1" in the entry's name is '/').
struct PatchRule {
  enum class Kind { text, boolean, integer, text_map, boolean_map, text_list };
  std::string_view path;
  Kind kind = Kind::text;
};

// Applies the request's patches to an object. Throws BadRequestException for a path that no rule
// has.
void apply_patches(const core::Json& request, std::span<const PatchRule> rules, core::Json& object);

}  // namespace votemu::apigateway
