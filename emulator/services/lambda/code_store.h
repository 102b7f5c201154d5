// The archives that were uploaded as functions' code. They lie in the store, never in memory.
#pragma once

#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/store.h"

namespace votemu::lambda {

class CodeStore {
 public:
  explicit CodeStore(core::Store& store) : store_(store) {}

  // Creates or replaces.
  void put(const core::Scope& scope, std::string_view function, std::string_view archive);
  // "" when there is none.
  std::string get(const core::Scope& scope, std::string_view function) const;
  void erase(const core::Scope& scope, std::string_view function);

 private:
  core::Store& store_;
};

}  // namespace votemu::lambda
