// From a service's name on the wire to its operations.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "app/services.h"
#include "core/operation.h"

namespace votemu::app {

class Operations {
 public:
  explicit Operations(Services& services);

  bool serves(std::string_view service) const { return tables_.contains(service); }
  // nullptr when there is no such service or operation.
  const core::Operation* find(std::string_view service, std::string_view operation) const;
  const core::OperationTable& of(std::string_view service) const {
    return tables_.find(service)->second;
  }

 private:
  std::map<std::string, core::OperationTable, std::less<>> tables_;
};

}  // namespace votemu::app
