// The template under construction, and what the transform's files share.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "cloudformation/template_error.h"
#include "core/json.h"

namespace votemu::cloudformation::sam {

using core::Json;

// What the transform has generated so far.
class Build {
 public:
  Json& resources() { return resources_; }
  std::map<std::string, std::string>& origins() { return origins_; }

  // Takes `resource` in as generated for the source's `origin`. Throws Problem when the id is
  // taken.
  void add(const std::string& logical_id, Json resource, const std::string& origin);

 private:
  Json resources_ = Json::object();
  std::map<std::string, std::string> origins_;
};

inline constexpr std::string_view function_type = "AWS::Serverless::Function";
inline constexpr std::string_view api_type = "AWS::Serverless::Api";
inline constexpr std::string_view simple_table_type = "AWS::Serverless::SimpleTable";
inline constexpr auto implicit_api_id = "ServerlessRestApi";

// "Resource with id [X] is invalid. …"
Problem invalid(const std::string& logical_id, const std::string& why, Path within = {});
// "Resource with id [X] is invalid. Event with id [E] is invalid. …"
Problem invalid_event(const std::string& logical_id, const std::string& event,
                      const std::string& why);

Json ref(const std::string& logical_id);
Json get_att(const std::string& logical_id, const std::string& attribute);
Json sub(const std::string& text);
Json sub(const std::string& text, Json variables);

bool is_intrinsic(const Json& value);

// The member, or nullptr.
const Json* member(const Json& object, std::string_view name);

// The resource's Properties, empty when it has none. Throws Problem when they are no object.
Json properties_of(const std::string& logical_id, const Json& resource);

// A generated resource with the attributes (Condition, DeletionPolicy, UpdateReplacePolicy) that
// SAM carries over from the one it is generated for.
Json generated(std::string_view type, Json properties, const Json& source);
// As above, with DependsOn and Metadata too: it takes the source's place.
Json replacing(std::string_view type, Json properties, const Json& source);

// SAM's map of tags as CloudFormation's list, after SAM's own tag if any.
Json tag_list(const Json& tags, bool with_created_by);

// Lower-case hex of SHA-1.
std::string sha1_hex(const std::string& text);

// `prefix` + `name` + `suffix` when the name is alphanumeric, else `prefix` + `suffix` + a hash of
// it; without hash when the name is empty, as it is for an intrinsic function.
std::string stage_logical_id(const std::string& api_id, const Json& stage_name);
std::string permission_logical_id(const std::string& event_id, const Json& stage_name);

}  // namespace votemu::cloudformation::sam
