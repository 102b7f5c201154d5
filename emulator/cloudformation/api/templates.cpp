// GetTemplate, GetTemplateSummary, ValidateTemplate
#include <algorithm>

#include "cloudformation/api/operations.h"
#include "cloudformation/api/template_input.h"
#include "cloudformation/conditions.h"
#include "cloudformation/graph.h"
#include "cloudformation/values.h"
#include "core/constraints.h"

namespace votemu::cloudformation::api {
namespace {

const Json* find(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

bool is_secret(const Json& declaration) {
  const Json* no_echo = find(declaration, "NoEcho");
  return no_echo != nullptr && scalar_bool(*no_echo) == true;
}

// What is told of a parameter before it has a value.
Json declaration_shape(const std::string& name, const Json& declaration) {
  const bool secret = is_secret(declaration);
  Json shape{{"ParameterKey", name}, {"NoEcho", secret}};
  if (const Json* fallback = find(declaration, "Default")) {
    shape["DefaultValue"] = secret ? "****" : scalar_text(*fallback).value_or("");
  }
  const std::string description = text_property(declaration, "Description");
  if (!description.empty()) shape["Description"] = description;
  return shape;
}

Json constraints_shape(const Json& declaration) {
  const Json* allowed = find(declaration, "AllowedValues");
  Json shape = Json::object();
  if (allowed == nullptr || !allowed->is_array()) return shape;
  Json values = Json::array();
  for (const auto& value : *allowed) values.push_back(scalar_text(value).value_or(""));
  shape["AllowedValues"] = std::move(values);
  return shape;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// What both summaries tell besides the parameters.
void describe(const PreparedTemplate& prepared, Json& answer) {
  const auto& parts = prepared.parts();
  if (!parts.description.empty()) answer["Description"] = parts.description;
  auto capabilities = iam_capabilities(parts);
  Json needed = Json::array();
  if (!capabilities.needed.empty()) needed.push_back(capabilities.needed);
  if (prepared.has_macros()) {
    needed.push_back("CAPABILITY_AUTO_EXPAND");
    const auto& macros = prepared.macros();
    capabilities.resource_types.insert(capabilities.resource_types.end(), macros.begin(),
                                       macros.end());
    answer["DeclaredTransforms"] = macros;
  }
  if (needed.empty()) return;
  answer["Capabilities"] = std::move(needed);
  answer["CapabilitiesReason"] = "The following resource(s) require capabilities: [" +
                                 joined(capabilities.resource_types) + "]";
}

Json resource_types(const Template& parts) {
  std::set<std::string> types;
  for (const auto& [id, resource] : parts.resources) types.insert(resource.type);
  return types;
}

// Values that stand for those that are not known yet.
Environment assumed_environment(const Template& parts, const RequestContext& context) {
  Environment environment;
  environment.scope = context.scope;
  environment.mappings = parts.mappings;
  for (const auto& [name, declaration] : parts.parameters.items()) {
    const std::string type = text_property(declaration, "Type");
    const bool is_list = type == "CommaDelimitedList" || type.starts_with("List<");
    environment.parameters[name] = is_list ? Json::array({"value"}) : Json("value");
  }
  for (const auto* name : {"AWS::AccountId", "AWS::NotificationARNs", "AWS::Partition",
                           "AWS::Region", "AWS::StackId", "AWS::StackName", "AWS::URLSuffix"}) {
    environment.parameters[name] = "value";
  }
  environment.conditions = decide_conditions(parts.conditions, environment);
  return environment;
}

// References and cycles. Macros may yet make what is referred to; a condition that cannot be
// decided without the real values hides what else is wrong.
void check_references(const Engine& engine, const RequestContext& context,
                      const PreparedTemplate& prepared) {
  if (prepared.has_macros()) return;
  try {
    prepared.check_types(engine.types);
  } catch (const Problem& problem) {
    throw invalid(problem.what());
  }
  Environment environment;
  try {
    environment = assumed_environment(prepared.parts(), context);
  } catch (const Problem&) {
    return;
  }
  try {
    creation_order(prepared.parts(), environment);
  } catch (const Problem& problem) {
    throw invalid(problem.what());
  }
}

std::string template_of(const Engine& engine, const RequestContext& context, const Json& request) {
  if (!text(request, "ChangeSetName").empty()) {
    return find_change_set(engine, context, request).source.template_text;
  }
  const auto stack =
      find_stack(engine, context, required_text(request, "StackName"), Missing::with_id);
  return stack.status == "REVIEW_IN_PROGRESS" ? "" : stack.source.template_text;
}

}  // namespace

Json get_template(const Engine& engine, const RequestContext& context, const Json& request) {
  const std::string stage = text(request, "TemplateStage");
  if (!stage.empty() && stage != "Original" && stage != "Processed") {
    throw invalid(core::violation(stage, "templateStage",
                                  "Member must satisfy enum value set: [Original, Processed]"));
  }
  std::string body = template_of(engine, context, request);
  const Json stages = Json::array({"Original", "Processed"});
  if (stage != "Processed" || body.empty()) {
    return {{"TemplateBody", body}, {"StagesAvailable", stages}};
  }
  try {
    PreparedTemplate prepared(body);
    prepared.transform();
    if (prepared.has_macros()) body = core::dump_json(prepared.processed());
  } catch (const Problem&) {
    return {{"TemplateBody", body}, {"StagesAvailable", Json::array({"Original"})}};
  }
  return {{"TemplateBody", body}, {"StagesAvailable", stages}};
}

Json get_template_summary(const Engine& engine, const RequestContext& context,
                          const Json& request) {
  std::string body;
  if (has_template(request)) {
    body = template_text(engine, context, request, nullptr);
  } else {
    const std::string name = text(request, "StackName");
    if (name.empty()) throw invalid("Either Template URL or Template Body must be specified.");
    body = find_stack(engine, context, name, Missing::with_id).source.template_text;
    if (body.empty()) throw invalid("Stack with id " + name + " does not have a template");
  }
  const auto prepared = read_prepared(body);
  Json parameters = Json::array();
  for (const auto& [name, declaration] : prepared.parts().parameters.items()) {
    Json shape = declaration_shape(name, declaration);
    shape["ParameterType"] = text_property(declaration, "Type");
    shape["ParameterConstraints"] = constraints_shape(declaration);
    parameters.push_back(std::move(shape));
  }
  Json answer{{"Parameters", std::move(parameters)},
              {"ResourceTypes", resource_types(prepared.parts())}};
  describe(prepared, answer);
  if (const Json* version = find(prepared.original(), "AWSTemplateFormatVersion")) {
    answer["Version"] = scalar_text(*version).value_or("");
  }
  if (const Json* metadata = find(prepared.original(), "Metadata")) {
    answer["Metadata"] = core::dump_json(*metadata);
  }
  return answer;
}

Json validate_template(const Engine& engine, const RequestContext& context, const Json& request) {
  const auto prepared = read_prepared(template_text(engine, context, request, nullptr));
  check_references(engine, context, prepared);
  Json parameters = Json::array();
  for (const auto& [name, declaration] : prepared.parts().parameters.items()) {
    parameters.push_back(declaration_shape(name, declaration));
  }
  Json answer{{"Parameters", std::move(parameters)}};
  describe(prepared, answer);
  return answer;
}

}  // namespace votemu::cloudformation::api
