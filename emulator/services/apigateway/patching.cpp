#include "services/apigateway/patching.h"

#include <charconv>

#include "core/members.h"
#include "services/apigateway/errors.h"
#include "services/apigateway/limits.h"

namespace votemu::apigateway {
namespace {

using core::Json;
using Kind = PatchRule::Kind;

bool has_entries(Kind kind) {
  return kind == Kind::text_map || kind == Kind::boolean_map || kind == Kind::text_list;
}

// RFC 6901: "~1" is '/', "~0" is '~'.
std::string unescaped(std::string_view token) {
  std::string text;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const std::string_view rest = token.substr(i);
    const bool escaped = rest.starts_with("~1") || rest.starts_with("~0");
    text += !escaped ? token[i] : (rest[1] == '1' ? '/' : '~');
    i += escaped ? 1 : 0;
  }
  return text;
}

const PatchRule* rule_for(const Patch& patch, std::span<const PatchRule> rules) {
  for (const auto& rule : rules) {
    if (!has_entries(rule.kind) && patch.path == rule.path) return &rule;
    if (has_entries(rule.kind) && patch.path.size() > rule.path.size() + 1 &&
        patch.path.starts_with(rule.path) && patch.path[rule.path.size()] == '/') {
      return &rule;
    }
  }
  return nullptr;
}

core::AwsError invalid_path(const Patch& patch, std::span<const PatchRule> rules) {
  std::string paths;
  for (const auto& rule : rules) {
    paths += (paths.empty() ? "" : ", ") + std::string(rule.path);
    if (has_entries(rule.kind)) paths += "/{name}";
  }
  return bad_request("Invalid patch path  '" + patch.path + "' specified for op '" + patch.op +
                     "'. Must be one of: [" + paths + "]");
}

Json typed_value(const Patch& patch, Kind kind) {
  if (kind == Kind::boolean || kind == Kind::boolean_map) return patch.value == "true";
  if (kind != Kind::integer) return patch.value;
  std::int64_t number = 0;
  const char* end = patch.value.data() + patch.value.size();
  const auto parsed = std::from_chars(patch.value.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end) {
    throw bad_request("Invalid patch value  '" + patch.value + "' specified for op '" + patch.op +
                      "'. Must be a number");
  }
  return number;
}

void apply_to_list(const Patch& patch, const std::string& entry, Json& list) {
  Json kept = Json::array();
  if (list.is_array()) {
    for (const Json& known : list) {
      if (known != entry) kept.push_back(known);
    }
  }
  if (patch.op != "remove") kept.push_back(entry);
  list = std::move(kept);
}

void apply_to_map(const Patch& patch, Kind kind, const std::string& entry, Json& map) {
  if (!map.is_object()) map = Json::object();
  if (patch.op != "remove") {
    map[entry] = typed_value(patch, kind);
  } else if (map.contains(entry)) {
    map.erase(entry);
  } else {
    throw not_found("Invalid parameter name specified: " + entry);
  }
}

// A member's path in the model: "/tlsConfig/insecureSkipVerification" is within "tlsConfig".
Json& member_at(Json& object, std::string_view path) {
  if (!object.is_object()) object = Json::object();
  const auto slash = path.find('/', 1);
  Json& member = object[std::string(path.substr(1, slash - 1))];
  return slash == std::string_view::npos ? member : member_at(member, path.substr(slash));
}

void apply(const Patch& patch, const PatchRule& rule, Json& object) {
  if (has_entries(rule.kind)) {
    Json& member = member_at(object, rule.path);
    const std::string entry = unescaped(std::string_view(patch.path).substr(rule.path.size() + 1));
    if (rule.kind == Kind::text_list) {
      apply_to_list(patch, entry, member);
    } else {
      apply_to_map(patch, rule.kind, entry, member);
    }
    if (member.empty()) object.erase(std::string(rule.path.substr(1)));
  } else if (patch.op == "remove") {
    object.erase(std::string(rule.path.substr(1)));
  } else {
    member_at(object, rule.path) = typed_value(patch, rule.kind);
  }
}

}  // namespace

std::vector<Patch> patches_member(const Json& request) {
  std::vector<Patch> patches;
  const Json* given = core::array_member(request, "patchOperations");
  if (!given) return patches;
  if (given->size() > limits::max_patches) throw bad_request("Too many patch operations specified");
  for (const Json& patch : *given) {
    Patch decoded{core::string_member(patch, "op").value_or(""),
                  core::string_member(patch, "path").value_or(""),
                  core::string_member(patch, "value").value_or("")};
    if (decoded.op != "replace" && decoded.op != "add" && decoded.op != "remove") {
      throw bad_request("Invalid patch operation specified. Must be 'add'|'remove'|'replace'");
    }
    patches.push_back(std::move(decoded));
  }
  return patches;
}

void apply_patches(const Json& request, std::span<const PatchRule> rules, Json& object) {
  for (const Patch& patch : patches_member(request)) {
    const PatchRule* rule = rule_for(patch, rules);
    if (!rule) throw invalid_path(patch, rules);
    apply(patch, *rule, object);
  }
}

}  // namespace votemu::apigateway
