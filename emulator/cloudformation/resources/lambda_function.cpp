// AWS::Lambda::Function
#include <algorithm>

#include "cloudformation/resources/tag_updates.h"
#include "cloudformation/resources/types.h"
#include "cloudformation/resources/zip_archive.h"
#include "cloudformation/template_error.h"
#include "cloudformation/values.h"
#include "core/aws_error.h"
#include "handlers/abi/base64.h"

namespace votemu::cloudformation {
namespace {

constexpr std::size_t longest_function_name = 64;

// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-lambda-function-code.html
std::string source_file_name(const Json& properties) {
  return text_property(properties, "Runtime").starts_with("python") ? "index.py" : "index.js";
}

// CreateFunction takes an archive where a template may have source text, or a folder beside it that
// nobody has packaged: votemu runs the linked handler, and the archive says so.
Json code_member(const Json& properties) {
  const auto code = properties.find("Code");
  if (code == properties.end() || !code->is_object()) return Json::object();
  if (code->contains("LocalPath")) {
    const std::string note =
        "The code of this function was not packaged: " + text_property(*code, "LocalPath") + "\n";
    return {{"ZipFile", abi::base64_encode(zip_archive("NOT_PACKAGED.txt", note))}};
  }
  Json member = *code;
  if (member.contains("ZipFile")) {
    const std::string archive =
        zip_archive(source_file_name(properties), text_property(member, "ZipFile"));
    member["ZipFile"] = abi::base64_encode(archive);
  }
  return member;
}

// Variables are texts, however the template wrote them.
Json environment_member(const Json& properties) {
  Json environment = properties.value("Environment", Json::object());
  if (!environment.is_object()) return environment;
  const auto variables = environment.find("Variables");
  if (variables == environment.end() || !variables->is_object()) return environment;
  for (auto& value : *variables) {
    if (auto text = scalar_text(value)) value = std::move(*text);
  }
  return environment;
}

Json configuration_members(const Json& properties) {
  Json members = members_from(properties, {{"DeadLetterConfig", "DeadLetterConfig"},
                                           {"Description", "Description"},
                                           {"EphemeralStorage", "EphemeralStorage"},
                                           {"FileSystemConfigs", "FileSystemConfigs"},
                                           {"Handler", "Handler"},
                                           {"ImageConfig", "ImageConfig"},
                                           {"KmsKeyArn", "KMSKeyArn"},
                                           {"Layers", "Layers"},
                                           {"LoggingConfig", "LoggingConfig"},
                                           {"MemorySize", "MemorySize"},
                                           {"Role", "Role"},
                                           {"Runtime", "Runtime"},
                                           {"SnapStart", "SnapStart"},
                                           {"Timeout", "Timeout"},
                                           {"TracingConfig", "TracingConfig"},
                                           {"VpcConfig", "VpcConfig"}});
  if (properties.contains("Environment")) members["Environment"] = environment_member(properties);
  return members;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

class Function final : public ResourceType {
 public:
  void check(const ResourceContext& context, const Json& properties) const override {
    refuse_unknown_properties(properties, known_);
    const auto& handlers = context.known_handlers;
    if (handlers.empty()) return;
    const std::string handler = text_property(properties, "Handler");
    if (std::find(handlers.begin(), handlers.end(), handler) != handlers.end()) return;
    throw Problem("function " + context.logical_id + " names the handler '" + handler +
                      "', which is none of those there are: " + joined(handlers),
                  {"Resources", context.logical_id, "Properties", "Handler"}, context.logical_id);
  }

  Made create(const ResourceContext& context, const Json& properties) const override {
    std::string name = text_property(properties, "FunctionName");
    if (name.empty()) name = context.generated_name(longest_function_name);
    Json members = configuration_members(properties);
    members["FunctionName"] = name;
    members["Code"] = code_member(properties);
    members.update(members_from(properties, {{"Architectures", "Architectures"},
                                             {"CodeSigningConfigArn", "CodeSigningConfigArn"},
                                             {"PackageType", "PackageType"}}));
    if (properties.contains("Tags")) members["Tags"] = tag_map(properties);
    const Json made = context.call(context.services.lambda, "CreateFunction", members);
    try {
      set_concurrency(context, name, Json::object(), properties);
    } catch (const core::AwsError&) {
      context.call(context.services.lambda, "DeleteFunction", {{"FunctionName", name}});
      throw;
    }
    return {name, {{"Arn", text_property(made, "FunctionArn")}}};
  }

  Tagging tagging() const override { return Tagging::list; }

  const std::vector<std::string>& replacing_properties() const override { return replacing_; }

  Made update(const ResourceContext& context, const ResourceState& old,
              const Json& properties) const override {
    const Json name{{"FunctionName", old.physical_id}};
    if (differs(old.properties, properties, "Code") ||
        differs(old.properties, properties, "Architectures")) {
      Json members = name;
      members.update(code_member(properties));
      members.update(members_from(properties, {{"Architectures", "Architectures"}}));
      context.call(context.services.lambda, "UpdateFunctionCode", members);
    }
    update_configuration(context, name, old.properties, properties);
    set_concurrency(context, old.physical_id, old.properties, properties);
    update_tags(context, old, properties);
    return {old.physical_id, old.attributes};
  }

  void remove(const ResourceContext& context, const ResourceState& state) const override {
    context.call(context.services.lambda, "DeleteFunction", {{"FunctionName", state.physical_id}});
  }

 private:
  // What became absent goes back to Lambda's default.
  static void update_configuration(const ResourceContext& context, Json members, const Json& before,
                                   const Json& properties) {
    const Json old_members = configuration_members(before);
    const Json new_members = configuration_members(properties);
    if (old_members == new_members) return;
    const Json defaults{{"DeadLetterConfig", {{"TargetArn", ""}}},
                        {"Description", ""},
                        {"Environment", {{"Variables", Json::object()}}},
                        {"EphemeralStorage", {{"Size", 512}}},
                        {"KMSKeyArn", ""},
                        {"Layers", Json::array()},
                        {"MemorySize", 128},
                        {"Timeout", 3},
                        {"TracingConfig", {{"Mode", "PassThrough"}}}};
    for (const auto& [name, value] : old_members.items()) {
      if (defaults.contains(name)) members[name] = defaults[name];
    }
    members.update(new_members);
    context.call(context.services.lambda, "UpdateFunctionConfiguration", members);
  }

  static void update_tags(const ResourceContext& context, const ResourceState& old,
                          const Json& properties) {
    const auto [set, removed] = tag_updates(old.properties, properties);
    const auto& lambda = context.services.lambda;
    const std::string arn = text_property(old.attributes, "Arn");
    if (!set.empty()) context.call(lambda, "TagResource", {{"Resource", arn}, {"Tags", set}});
    if (!removed.empty()) {
      context.call(lambda, "UntagResource", {{"Resource", arn}, {"TagKeys", removed}});
    }
  }

  static void set_concurrency(const ResourceContext& context, const std::string& name,
                              const Json& before, const Json& properties) {
    constexpr auto property = "ReservedConcurrentExecutions";
    if (!differs(before, properties, property)) return;
    Json members{{"FunctionName", name}};
    if (!properties.contains(property)) {
      context.call(context.services.lambda, "DeleteFunctionConcurrency", members);
      return;
    }
    members[property] = properties[property];
    context.call(context.services.lambda, "PutFunctionConcurrency", members);
  }

  std::vector<std::string> known_{"Architectures",
                                  "Code",
                                  "CodeSigningConfigArn",
                                  "DeadLetterConfig",
                                  "Description",
                                  "Environment",
                                  "EphemeralStorage",
                                  "FileSystemConfigs",
                                  "FunctionName",
                                  "Handler",
                                  "ImageConfig",
                                  "KmsKeyArn",
                                  "Layers",
                                  "LoggingConfig",
                                  "MemorySize",
                                  "PackageType",
                                  "RecursiveLoop",
                                  "ReservedConcurrentExecutions",
                                  "Role",
                                  "Runtime",
                                  "RuntimeManagementConfig",
                                  "SnapStart",
                                  "Tags",
                                  "Timeout",
                                  "TracingConfig",
                                  "VpcConfig"};
  std::vector<std::string> replacing_{"FunctionName", "PackageType"};
};

}  // namespace

std::unique_ptr<ResourceType> lambda_function() {
  return std::make_unique<Function>();
}

}  // namespace votemu::cloudformation
