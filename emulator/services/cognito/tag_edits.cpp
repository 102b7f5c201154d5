#include "services/cognito/tag_edits.h"

#include "core/ids.h"
#include "services/cognito/limits.h"
#include "services/cognito/rules.h"

namespace votemu::cognito {

using core::Constraints;
using core::Json;

Json TagEdit::applied_to(Json tags) const {
  tags.update(added);
  for (const Json& key : removed) tags.erase(key.get_ref<const std::string&>());
  check_tag_count(tags);
  return tags;
}

TagEdit tagging(const Json& request, const std::string& model_error) {
  const Constraints check(request);
  TagEdit edit;
  edit.arn = check.required_text("ResourceArn", arn_rule);
  check.require("Tags");
  edit.added = tags_member(check, request, "Tags");
  check.throw_if_any(model_error);
  return edit;
}

TagEdit untagging(const Json& request, const std::string& model_error) {
  const Constraints check(request);
  TagEdit edit;
  edit.arn = check.required_text("ResourceArn", arn_rule);
  check.require("TagKeys");
  const Json* keys =
      check.texts("TagKeys", {.least = 1, .most = limits::max_tag_key_length}, 0, SIZE_MAX);
  check.throw_if_any(model_error);
  edit.removed = *keys;
  return edit;
}

std::string tagged_arn(const Json& request, const std::string& model_error) {
  const Constraints check(request);
  std::string arn = check.required_text("ResourceArn", arn_rule);
  check.throw_if_any(model_error);
  return arn;
}

std::string resource_of(const std::string& arn, std::string_view service, std::string_view kind) {
  const auto parsed = core::Arn::parse(arn);
  const std::string prefix = std::string(kind) + "/";
  if (!parsed || parsed->service != service || !parsed->resource.starts_with(prefix)) {
    throw invalid_parameter("Invalid ARN: " + arn);
  }
  return parsed->resource.substr(prefix.size());
}

}  // namespace votemu::cognito
