// From a service's name on the wire to its operations.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "app/services.h"
#include "cloudformation/services.h"
#include "core/operation.h"

namespace votemu::app {

class Operations {
 public:
  explicit Operations(Services& services);

  // For a service that is made of others' operations.
  void add(std::string service, core::OperationTable table) {
    tables_[std::move(service)] = std::move(table);
  }

  // What stacks make their resources with.
  cloudformation::Services for_stacks() const;

  // nullptr when there is no such service or operation.
  const core::Operation* find(std::string_view service, std::string_view operation) const;
  const core::OperationTable& of(std::string_view service) const {
    return tables_.find(service)->second;
  }

 private:
  Services& services_;
  std::map<std::string, core::OperationTable, std::less<>> tables_;
};

}  // namespace votemu::app
