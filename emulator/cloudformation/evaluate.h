// Intrinsic functions: a pure function from a value of the template to what it stands for.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
#pragma once

#include <optional>
#include <string>

#include "cloudformation/environment.h"
#include "cloudformation/template_error.h"
#include "core/json.h"

namespace votemu::cloudformation {

// What resources give to Ref and Fn::GetAtt.
class References {
 public:
  virtual ~References() = default;
  // nullopt: there is no such resource.
  virtual std::optional<core::Json> ref(const std::string& logical_id) const = 0;
  // nullopt: there is no such resource, or it has no such attribute.
  virtual std::optional<core::Json> attribute(const std::string& logical_id,
                                              const std::string& name) const = 0;
};

// For where resources may not be named.
class NoReferences final : public References {
 public:
  std::optional<core::Json> ref(const std::string&) const override { return std::nullopt; }
  std::optional<core::Json> attribute(const std::string&, const std::string&) const override {
    return std::nullopt;
  }
};

// A Ref, Fn::GetAtt or Fn::Sub names nothing that there is.
class UnresolvedReference : public Problem {
 public:
  UnresolvedReference(std::string name, const std::string& message, Path path)
      : Problem(message, std::move(path)), name_(std::move(name)) {}
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

// nullopt is AWS::NoValue: the member or element that it stands for is left out. `path` is where
// the value stands in the template. Throws Problem.
std::optional<core::Json> evaluate(const core::Json& value, const Environment& environment,
                                   const References& references, const Path& path = {});

}  // namespace votemu::cloudformation
