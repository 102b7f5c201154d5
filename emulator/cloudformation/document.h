// A template's text as JSON, and the line that each of its values stands in.
//
// YAML 1.1 as CloudFormation reads it: short tags (!Ref, !Sub, …) become their long forms, plain
// scalars become booleans and numbers, dates stay text, aliases are refused.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cloudformation/template_error.h"
#include "core/json.h"

namespace votemu::cloudformation {

// Mirrors the shape of a value.
struct Lines {
  int line = 0;  // from 1
  std::map<std::string, Lines> members;
  std::vector<Lines> elements;

  // The line of what the path leads to, or of its innermost part that there is.
  int at(const Path& path) const;
};

struct Document {
  core::Json root;
  Lines lines;
};

// The text is not YAML or JSON. `line` counts from 1; 0 when the problem is in no line.
class NotWellFormed : public Problem {
 public:
  NotWellFormed(const std::string& message, int line) : Problem(message), line_(line) {}
  int line() const { return line_; }

 private:
  int line_;
};

// Reads JSON when the text begins with a brace, else YAML. Throws NotWellFormed.
Document parse_document(std::string_view text);

}  // namespace votemu::cloudformation
