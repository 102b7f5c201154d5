// The resources of a stack as Ref and Fn::GetAtt see them.
#pragma once

#include <optional>
#include <string>

#include "cloudformation/evaluate.h"
#include "cloudformation/stack_record.h"

namespace votemu::cloudformation {

class RecordReferences final : public References {
 public:
  explicit RecordReferences(const StackRecord& record) : record_(record) {}

  std::optional<Json> ref(const std::string& id) const override {
    const auto found = record_.resources.find(id);
    if (found == record_.resources.end()) return std::nullopt;
    return found->second.state.physical_id;
  }

  std::optional<Json> attribute(const std::string& id, const std::string& name) const override {
    const auto found = record_.resources.find(id);
    if (found == record_.resources.end()) return std::nullopt;
    const auto& attributes = found->second.state.attributes;
    const auto value = attributes.find(name);
    if (value == attributes.end()) return std::nullopt;
    return *value;
  }

 private:
  const StackRecord& record_;
};

}  // namespace votemu::cloudformation
