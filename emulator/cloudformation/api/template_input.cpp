#include "cloudformation/api/template_input.h"

#include <algorithm>

#include "cloudformation/api/template_url.h"
#include "cloudformation/limits.h"
#include "cloudformation/parameters.h"
#include "core/members.h"

namespace votemu::cloudformation::api {
namespace {

core::AwsError insufficient(const std::string& capability) {
  return core::AwsError("InsufficientCapabilitiesException",
                        "Requires capabilities : [" + capability + "]", 400);
}

bool allows(const Settings& settings, const std::string& capability) {
  const auto& given = settings.capabilities;
  const auto has = [&](const char* name) {
    return std::find(given.begin(), given.end(), name) != given.end();
  };
  if (capability == "CAPABILITY_IAM") return has("CAPABILITY_IAM") || has("CAPABILITY_NAMED_IAM");
  return has(capability.c_str());
}

// A macro's failure is told in its name.
void run_macros(PreparedTemplate& prepared) {
  try {
    prepared.transform();
  } catch (const Problem& problem) {
    const std::string text = problem.what();
    const bool by_serverless = text.starts_with("Invalid Serverless") ||
                               text.starts_with("'Globals'") || text.starts_with("'Resources'");
    if (!by_serverless) throw;
    throw Problem("Transform AWS::Serverless-2016-10-31 failed with: " + text, problem.path(),
                  problem.logical_id());
  }
}

}  // namespace

bool has_template(const Json& request) {
  return core::find_member(request, "TemplateBody") || core::find_member(request, "TemplateURL");
}

std::string template_text(const Engine& engine, const RequestContext& context, const Json& request,
                          const StackRecord* previous) {
  const auto body = core::string_member(request, "TemplateBody");
  const auto url = core::string_member(request, "TemplateURL");
  const bool use_previous = previous != nullptr && flag(request, "UsePreviousTemplate");
  const int given = (body ? 1 : 0) + (url ? 1 : 0) + (use_previous ? 1 : 0);
  if (given == 0) throw invalid("Either Template URL or Template Body must be specified.");
  if (given > 1) {
    throw invalid("Specify exactly one of TemplateBody, TemplateURL and UsePreviousTemplate.");
  }
  if (use_previous) return previous->source.template_text;
  if (url) return fetch_template(engine, context, *url);
  if (body->size() > limits::max_template_body_bytes) {
    throw too_long("templateBody", limits::max_template_body_bytes);
  }
  return *body;
}

PreparedTemplate read_prepared(const std::string& text) {
  try {
    PreparedTemplate prepared(text);
    prepared.read();
    return prepared;
  } catch (const Problem& problem) {
    throw invalid(problem.what());
  }
}

PreparedTemplate read_prepared(const Source& source) {
  auto prepared = read_prepared(source.template_text);
  try {
    parameter_values(prepared.parts().parameters, source.parameters);
  } catch (const Problem& problem) {
    throw invalid(problem.what());
  }
  return prepared;
}

Plan finish_template(const Engine& engine, const RequestContext& context,
                     PreparedTemplate& prepared, const StackRecord& stack, const Source& source,
                     const Settings& settings) {
  run_macros(prepared);
  prepared.check_types(engine.types);
  const auto capabilities = iam_capabilities(prepared.parts());
  if (!capabilities.needed.empty() && !allows(settings, capabilities.needed)) {
    throw insufficient(capabilities.needed);
  }
  return make_plan(prepared, engine.runtime.store, {context.scope, stack.name, stack.id}, source,
                   settings);
}

void check_macros_allowed(const PreparedTemplate& prepared, const Settings& settings) {
  if (prepared.has_macros() && !allows(settings, "CAPABILITY_AUTO_EXPAND")) {
    throw insufficient("CAPABILITY_AUTO_EXPAND");
  }
}

}  // namespace votemu::cloudformation::api
