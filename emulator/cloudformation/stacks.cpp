#include "cloudformation/stacks.h"

#include <algorithm>
#include <utility>

#include "cloudformation/deployer.h"
#include "cloudformation/document.h"
#include "cloudformation/graph.h"
#include "cloudformation/limits.h"
#include "cloudformation/sam/transform.h"
#include "cloudformation/stack_record.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

TemplateError error_in(const std::string& file, int line, const std::string& logical_id,
                       const std::string& message) {
  std::string text = file;
  if (line > 0) text += ":" + std::to_string(line);
  if (!logical_id.empty()) text += ": " + logical_id;
  return TemplateError(one_line(text + ": " + message));
}

// A parsed template that knows where each of its generated resources came from.
struct Source {
  Document document;
  std::map<std::string, std::string> origins;

  int line_of(Path path) const {
    if (path.empty()) return 0;
    if (path.size() > 1 && path[0] == "Resources") {
      const auto origin = origins.find(path[1]);
      if (origin != origins.end()) path[1] = origin->second;
    }
    return document.lines.at(path);
  }
};

void check_stack_name(const std::string& name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool fits = !name.empty() && name.size() <= limits::max_stack_name_length &&
                    is_letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
                      return is_letter(c) || (c >= '0' && c <= '9') || c == '-';
                    });
  if (!fits) {
    throw TemplateError(
        "1 validation error detected: Value '" + one_line(name) +
        "' at 'stackName' failed to satisfy constraint: Member must satisfy regular "
        "expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
  }
}

void check_transforms(const core::Json& root) {
  const auto found = root.find("Transform");
  if (found == root.end()) return;
  const core::Json names = found->is_array() ? *found : core::Json::array({*found});
  for (const auto& name : names) {
    if (name == "AWS::Serverless-2016-10-31" || name == "AWS::LanguageExtensions") continue;
    const std::string text = name.is_string() ? name.get<std::string>() : core::dump_json(name);
    throw Problem("No transform named " + text + " found.", {"Transform"});
  }
}

Template transformed(Source& source) {
  check_transforms(source.document.root);
  if (!sam::applies(source.document.root)) return read_template(source.document.root);
  auto result = sam::transform(source.document.root);
  source.origins = std::move(result.origins);
  return read_template(result.root);
}

void check_types(const Template& wanted, const ResourceTypes& types) {
  for (const auto& [id, resource] : wanted.resources) {
    if (types.find(resource.type) != nullptr) continue;
    throw Problem("Template format error: Unrecognized resource types: [" + resource.type + "]",
                  {"Resources", id, "Type"}, id);
  }
}

StackSummary summary_of(const StackRecord& record, bool changed) {
  StackSummary summary{record.name, record.outputs, {}, changed};
  for (const auto& [id, resource] : record.resources) {
    summary.physical_ids[id] = resource.state.physical_id;
  }
  return summary;
}

// Reads nothing but the row: most starts find the stack as they left it.
bool is_as_wanted(const StackRecord& record, const Deployment& wanted,
                  const core::RequestContext& context) {
  return record.meaning == StackRecord::current_meaning &&
         record.template_text == wanted.template_text && record.parameters == wanted.parameters &&
         record.host == context.host;
}

StackRecord new_record(const core::RequestContext& context, const std::string& name,
                       core::Runtime& runtime) {
  StackRecord record;
  record.name = name;
  record.id =
      core::Arn::in(context.scope, "cloudformation", "stack/" + name + "/" + runtime.random.uuid())
          .text();
  record.host = context.host;
  record.created_ms = runtime.clock.now_ms();
  return record;
}

}  // namespace

Stacks::Stacks(core::Runtime& runtime, Services services, std::vector<std::string> known_handlers)
    : runtime_(runtime),
      services_(std::move(services)),
      known_handlers_(std::move(known_handlers)) {}

StackSummary Stacks::deploy(const core::RequestContext& context, const Deployment& deployment) {
  check_stack_name(deployment.stack_name);
  const auto existing = load_stack(runtime_.store, context.scope, deployment.stack_name);
  if (existing && is_as_wanted(*existing, deployment, context) && still_runs(context, *existing)) {
    return summary_of(*existing, false);
  }
  Source source;
  try {
    source.document = parse_document(deployment.template_text);
    StackRecord record = existing.value_or(new_record(context, deployment.stack_name, runtime_));
    const Template wanted = transformed(source);
    check_types(wanted, types_);
    const StackIdentity identity{context.scope, record.name, record.id};
    const auto environment = make_environment(wanted, identity, deployment.parameters);
    const auto order = creation_order(wanted, environment);
    return runtime_.store.atomically([&] {
      Deployer deployer(runtime_, services_, types_, known_handlers_, context, record);
      const bool changed = deployer.apply(wanted, environment, order);
      record.meaning = StackRecord::current_meaning;
      record.template_text = deployment.template_text;
      record.parameters = deployment.parameters;
      record.updated_ms = runtime_.clock.now_ms();
      save_stack(runtime_.store, context.scope, record);
      return summary_of(record, changed);
    });
  } catch (const NotWellFormed& problem) {
    throw error_in(deployment.file_name, problem.line(), "", problem.what());
  } catch (const Problem& problem) {
    throw error_in(deployment.file_name, source.line_of(problem.path()), problem.logical_id(),
                   problem.what());
  }
}

core::OperationTable Stacks::operations() {
  return {};
}

// The handlers may have changed since the stack was deployed.
bool Stacks::still_runs(const core::RequestContext& context, const StackRecord& record) const {
  for (const auto& [id, resource] : record.resources) {
    const ResourceType* type = types_.find(resource.type);
    if (type == nullptr) return false;
    try {
      type->check({runtime_, services_, context, known_handlers_, record.name, id},
                  resource.state.properties);
    } catch (const Problem&) {
      return false;
    } catch (const core::AwsError&) {
      return false;
    }
  }
  return true;
}

std::optional<StackSummary> Stacks::describe(const core::Scope& scope,
                                             std::string_view name) const {
  const auto record = load_stack(runtime_.store, scope, name);
  if (!record) return std::nullopt;
  return summary_of(*record, false);
}

}  // namespace votemu::cloudformation
