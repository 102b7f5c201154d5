#include "cloudformation/prepared_template.h"

#include <algorithm>
#include <array>
#include <set>

#include "cloudformation/exports.h"
#include "cloudformation/graph.h"
#include "cloudformation/sam/transform.h"

namespace votemu::cloudformation {
namespace {

using core::Json;

struct IamType {
  std::string_view type;
  const char* name_property;  // nullptr: its name is not a person's choice
};
constexpr std::array<IamType, 9> iam_types{{{"AWS::IAM::AccessKey", nullptr},
                                            {"AWS::IAM::Group", "GroupName"},
                                            {"AWS::IAM::InstanceProfile", "InstanceProfileName"},
                                            {"AWS::IAM::ManagedPolicy", "ManagedPolicyName"},
                                            {"AWS::IAM::Policy", nullptr},
                                            {"AWS::IAM::Role", "RoleName"},
                                            {"AWS::IAM::RolePolicy", nullptr},
                                            {"AWS::IAM::User", "UserName"},
                                            {"AWS::IAM::UserToGroupAddition", nullptr}}};

bool is_known_macro(const std::string& name) {
  return name == "AWS::Serverless-2016-10-31" || name == "AWS::LanguageExtensions";
}

}  // namespace

PreparedTemplate::PreparedTemplate(std::string_view text)
    : document_(parse_document(text)), macros_(macros_of(document_.root)) {}

void PreparedTemplate::read() {
  parts_ = read_template(processed());
}

void PreparedTemplate::transform() {
  for (const auto& name : macros_) {
    if (!is_known_macro(name))
      throw Problem("No transform named " + name + " found.", {"Transform"});
  }
  if (sam::applies(document_.root)) {
    auto result = sam::transform(document_.root);
    origins_ = std::move(result.origins);
    processed_ = std::move(result.root);
  }
  read();
}

void PreparedTemplate::check_types(const ResourceTypes& types) const {
  std::set<std::string> unknown;
  std::string first;
  for (const auto& [id, resource] : parts_.resources) {
    if (types.find(resource.type) != nullptr) continue;
    unknown.insert(resource.type);
    if (first.empty()) first = id;
  }
  if (unknown.empty()) return;
  std::string names;
  for (const auto& name : unknown) names += (names.empty() ? "" : ", ") + name;
  throw Problem("Template format error: Unrecognized resource types: [" + names + "]",
                {"Resources", first, "Type"}, first);
}

int PreparedTemplate::line_of(Path path) const {
  if (path.empty()) return 0;
  if (path.size() > 1 && path[0] == "Resources") {
    const auto origin = origins_.find(path[1]);
    if (origin != origins_.end()) path[1] = origin->second;
  }
  return document_.lines.at(path);
}

Plan make_plan(const PreparedTemplate& prepared, const core::Store& store,
               const StackIdentity& stack, const Source& source, const Settings& settings) {
  Plan plan;
  const Template& parts = prepared.parts();
  plan.environment = make_environment(parts, stack, source.parameters);
  plan.environment.parameters["AWS::NotificationARNs"] = settings.notification_arns;
  if (source.template_text.find("ImportValue") != std::string::npos) {
    for (const auto& [name, exported] : load_exports(store, stack.scope)) {
      plan.environment.exports[name] = exported.value;
    }
  }
  plan.order = creation_order(parts, plan.environment);
  return plan;
}

std::vector<std::string> macros_of(const Json& root) {
  std::vector<std::string> names;
  const auto found = root.find("Transform");
  if (found == root.end()) return names;
  const Json list = found->is_array() ? *found : Json::array({*found});
  for (const auto& name : list) {
    names.push_back(name.is_string() ? name.get<std::string>() : core::dump_json(name));
  }
  return names;
}

Capabilities iam_capabilities(const Template& from) {
  Capabilities found;
  std::set<std::string> types;
  bool named = false;
  for (const auto& [id, resource] : from.resources) {
    const auto* iam = std::ranges::find(iam_types, resource.type, &IamType::type);
    if (iam == iam_types.end()) continue;
    types.insert(resource.type);
    if (iam->name_property != nullptr && resource.properties.contains(iam->name_property)) {
      named = true;
    }
  }
  if (!types.empty()) found.needed = named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM";
  found.resource_types.assign(types.begin(), types.end());
  return found;
}

}  // namespace votemu::cloudformation
