// Stacks: a template's resources, made and changed in the services of the same process.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacks.html
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudformation/engine.h"
#include "cloudformation/template_error.h"
#include "core/operation.h"

namespace votemu::cloudformation {

struct StackRecord;

struct Deployment {
  std::string stack_name;
  std::string template_text;  // YAML or JSON
  std::string file_name;      // begins error messages
  std::map<std::string, std::string> parameters;
};

struct StackSummary {
  std::string name;
  std::map<std::string, std::string> outputs;
  std::map<std::string, std::string> physical_ids;  // by logical id, after the transform
  bool changed = false;                             // whether this deployment did anything
};

class Stacks {
 public:
  // `known_handlers` are the names that a function's Handler property may have; empty: any.
  Stacks(core::Runtime& runtime, Services services, std::vector<std::string> known_handlers);

  // CloudFormation's API. The operations refer to this object.
  core::OperationTable operations() const;

  // Makes the stack what the template says: creates it, or applies the difference to the stack of
  // that name. Unchanged resources are left alone, and with them what is in their tables and
  // queues. Throws TemplateError, having changed nothing in the store, when the template is not
  // valid or a resource failed.
  StackSummary deploy(const core::RequestContext& context, const Deployment& deployment) const;

  std::optional<StackSummary> describe(const core::Scope& scope, std::string_view name) const;

 private:
  bool still_runs(const core::RequestContext& context, const StackRecord& record) const;

  Engine engine_;
};

}  // namespace votemu::cloudformation
