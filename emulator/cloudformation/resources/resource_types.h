// All types of resources that a template may have.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "cloudformation/resources/resource_type.h"

namespace votemu::cloudformation {

class ResourceTypes {
 public:
  ResourceTypes();

  // nullptr: unknown.
  const ResourceType* find(std::string_view name) const;

 private:
  std::map<std::string, std::unique_ptr<ResourceType>, std::less<>> types_;
};

}  // namespace votemu::cloudformation
