// The template of a request: where its text comes from, and what AWS finds wrong with it before
// anything is deployed.
#pragma once

#include <optional>
#include <string>

#include "cloudformation/api/request.h"
#include "cloudformation/prepared_template.h"

namespace votemu::cloudformation::api {

// TemplateBody, TemplateURL or, for a stack that has one, UsePreviousTemplate. Throws
// ValidationError.
std::string template_text(const Engine& engine, const RequestContext& context, const Json& request,
                          const StackRecord* previous);
bool has_template(const Json& request);

// Reads a template without running its macros. Throws ValidationError.
PreparedTemplate read_prepared(const std::string& text);

// As above, with the parameters checked.
PreparedTemplate read_prepared(const Source& source);

// Runs the macros, checks what they made and plans it. Throws Problem, and
// InsufficientCapabilitiesException.
Plan finish_template(const Engine& engine, const RequestContext& context,
                     PreparedTemplate& prepared, const StackRecord& stack, const Source& source,
                     const Settings& settings);

// Of a template that is deployed without a change set. Throws InsufficientCapabilitiesException.
void check_macros_allowed(const PreparedTemplate& prepared, const Settings& settings);

}  // namespace votemu::cloudformation::api
