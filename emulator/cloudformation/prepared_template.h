// A template on its way from text to what is to be deployed.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cloudformation/document.h"
#include "cloudformation/environment.h"
#include "cloudformation/resources/resource_types.h"
#include "cloudformation/stack_record.h"
#include "cloudformation/template.h"
#include "core/store.h"

namespace votemu::cloudformation {

class PreparedTemplate {
 public:
  // Throws NotWellFormed.
  explicit PreparedTemplate(std::string_view text);

  // The parts as they are so far. Throws Problem when they are not what they must be.
  void read();

  // Runs the template's macros, if it has any, and reads what they made. Throws Problem.
  void transform();

  // Throws Problem.
  void check_types(const ResourceTypes& types) const;

  bool has_macros() const { return !macros_.empty(); }
  const std::vector<std::string>& macros() const { return macros_; }
  // As it was given, and as macros made it.
  const core::Json& original() const { return document_.root; }
  const core::Json& processed() const { return processed_.is_null() ? original() : processed_; }
  const Template& parts() const { return parts_; }

  // The line of the text that a path leads to; 0 when it leads to none.
  int line_of(Path path) const;

 private:
  Document document_;
  std::vector<std::string> macros_;
  core::Json processed_;
  std::map<std::string, std::string> origins_;  // of generated resources
  Template parts_;
};

// A template with the values that it is deployed with.
struct Plan {
  Environment environment;
  std::vector<std::string> order;  // of the resources
};

// Throws Problem.
Plan make_plan(const PreparedTemplate& prepared, const core::Store& store,
               const StackIdentity& stack, const Source& source, const Settings& settings);

// The names of macros and transforms that a template asks for.
std::vector<std::string> macros_of(const core::Json& root);

// What resources of the template demand of whoever deploys it: CAPABILITY_IAM or, where one has a
// name of its own, CAPABILITY_NAMED_IAM.
struct Capabilities {
  std::string needed;                       // "": none
  std::vector<std::string> resource_types;  // that need it
};
Capabilities iam_capabilities(const Template& from);

}  // namespace votemu::cloudformation
