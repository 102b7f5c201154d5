// A template's sections after any transform, checked for their form.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
#pragma once

#include <map>
#include <set>
#include <string>

#include "cloudformation/template_error.h"
#include "core/json.h"

namespace votemu::cloudformation {

struct ResourceDefinition {
  std::string type;
  core::Json properties = core::Json::object();
  std::set<std::string> depends_on;
  std::string condition;  // "" : always
  bool retain_on_delete = false;
  bool retain_on_replace = false;
  core::Json metadata;
};

struct Template {
  std::string description;
  core::Json parameters = core::Json::object();
  core::Json mappings = core::Json::object();
  core::Json conditions = core::Json::object();
  core::Json outputs = core::Json::object();
  std::map<std::string, ResourceDefinition> resources;
};

// Throws Problem. Does not look into properties: see references.h.
Template read_template(const core::Json& root);

}  // namespace votemu::cloudformation
