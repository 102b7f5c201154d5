#include "services/lambda/configuration.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/ids.h"
#include "core/members.h"
#include "services/lambda/limits.h"
#include "services/lambda/validation.h"

namespace votemu::lambda {
namespace {

using core::Json;

// Structures and lists that are kept and answered as they were given.
constexpr std::array<std::string_view, 8> kept_members = {
    "VpcConfig", "DeadLetterConfig",  "TracingConfig", "EphemeralStorage",
    "Layers",    "FileSystemConfigs", "ImageConfig",   "LoggingConfig"};

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
constexpr std::array<std::string_view, 19> reserved_variables = {"_HANDLER",
                                                                 "_X_AMZN_TRACE_ID",
                                                                 "AWS_DEFAULT_REGION",
                                                                 "AWS_REGION",
                                                                 "AWS_EXECUTION_ENV",
                                                                 "AWS_LAMBDA_FUNCTION_NAME",
                                                                 "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                                                                 "AWS_LAMBDA_FUNCTION_VERSION",
                                                                 "AWS_LAMBDA_INITIALIZATION_TYPE",
                                                                 "AWS_LAMBDA_LOG_GROUP_NAME",
                                                                 "AWS_LAMBDA_LOG_STREAM_NAME",
                                                                 "AWS_ACCESS_KEY",
                                                                 "AWS_ACCESS_KEY_ID",
                                                                 "AWS_SECRET_ACCESS_KEY",
                                                                 "AWS_SESSION_TOKEN",
                                                                 "AWS_SECURITY_TOKEN",
                                                                 "AWS_LAMBDA_RUNTIME_API",
                                                                 "LAMBDA_TASK_ROOT",
                                                                 "LAMBDA_RUNTIME_DIR"};

bool is_variable_name(std::string_view name) {
  return name.size() >= 2 && std::isalpha(static_cast<unsigned char>(name[0])) != 0 &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
         });
}

bool is_role_arn(const std::string& role) {
  const auto arn = core::Arn::parse(role);
  return arn && arn->service == "iam" && arn->region.empty() && arn->account.size() == 12 &&
         arn->resource.starts_with("role/") && arn->resource.size() > 5;
}

void check_length(const std::string& value, std::string_view member, std::size_t longest) {
  if (value.size() <= longest) return;
  throw constraint_error(
      value, member, "Member must have length less than or equal to " + std::to_string(longest));
}

// {"Variables": {…}} with texts as values.
Json environment_member(const Json& environment) {
  Json variables = Json::object();
  std::string reserved;
  if (const Json* given = core::object_member(environment, "Variables")) {
    for (const auto& [name, unused] : given->items()) {
      if (std::find(reserved_variables.begin(), reserved_variables.end(), name) !=
          reserved_variables.end()) {
        reserved += (reserved.empty() ? "" : ", ") + name;
      } else if (!is_variable_name(name)) {
        throw constraint_error(
            core::dump_json(*given), "environment.variables",
            "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: "
            "[a-zA-Z]([a-zA-Z0-9_])+]");
      }
      variables[name] = core::string_member(*given, name).value_or("");
    }
  }
  const std::string refusal =
      "Lambda was unable to configure your environment variables because the environment variables "
      "you have provided ";
  if (!reserved.empty()) {
    throw invalid_parameter(refusal +
                            "contains reserved keys that are currently not supported for "
                            "modification. Reserved keys used in this request: " +
                            reserved);
  }
  const std::string measured = core::dump_json(variables);
  if (measured.size() > limits::max_environment_bytes) {
    throw invalid_parameter(refusal + "exceeded the 4KB limit. String measured: " + measured);
  }
  return {{"Variables", std::move(variables)}};
}

void apply_texts(const Json& request, Json& configuration) {
  if (const auto handler = core::string_member(request, "Handler")) {
    check_length(*handler, "handler", limits::max_handler_length);
    if (handler->find_first_of(" \t\r\n") != std::string::npos) {
      throw constraint_error(*handler, "handler",
                             "Member must satisfy regular expression pattern: [^\\s]+");
    }
    configuration["Handler"] = *handler;
  }
  if (const auto role = core::string_member(request, "Role")) {
    if (!is_role_arn(*role)) {
      throw constraint_error(*role, "role",
                             "Member must satisfy regular expression pattern: "
                             "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
    }
    configuration["Role"] = *role;
  }
  if (const auto description = core::string_member(request, "Description")) {
    check_length(*description, "description", limits::max_description_length);
    configuration["Description"] = *description;
  }
  if (const auto runtime = core::string_member(request, "Runtime")) {
    check_length(*runtime, "runtime", limits::max_name_length);
    configuration["Runtime"] = *runtime;
  }
  if (const auto key = core::string_member(request, "KMSKeyArn"); key && !key->empty()) {
    configuration["KMSKeyArn"] = *key;
  }
}

}  // namespace

void apply_configuration(const Json& request, Json& configuration) {
  apply_texts(request, configuration);
  if (const auto timeout = ranged_member(request, "Timeout", 1, limits::max_timeout_s)) {
    configuration["Timeout"] = *timeout;
  }
  if (const auto memory =
          ranged_member(request, "MemorySize", limits::min_memory_mb, limits::max_memory_mb)) {
    configuration["MemorySize"] = *memory;
  }
  if (const Json* environment = core::object_member(request, "Environment")) {
    configuration["Environment"] = environment_member(*environment);
  }
  for (const auto name : kept_members) {
    const Json* member = core::find_member(request, name);
    if (!member) continue;
    if (!member->is_structured()) core::object_member(request, name);
    configuration[std::string(name)] = *member;
  }
}

void apply_architectures(const Json& request, Json& configuration) {
  const Json* architectures = core::array_member(request, "Architectures");
  if (!architectures) return;
  if (architectures->size() != 1 ||
      ((*architectures)[0] != "x86_64" && (*architectures)[0] != "arm64")) {
    throw constraint_error(core::dump_json(*architectures), "architectures",
                           "Member must satisfy constraint: [Member must satisfy enum value set: "
                           "[x86_64, arm64]]");
  }
  configuration["Architectures"] = *architectures;
}

}  // namespace votemu::lambda
