// All event source mappings, in the store and in memory.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/store.h"
#include "services/lambda/service.h"

namespace votemu::lambda {

class Mappings {
 public:
  explicit Mappings(core::Store& store);

  // A row is AWS's EventSourceMappingConfiguration as it will be once it has settled (its State is
  // Enabled or Disabled), LastModified in seconds, and CreatedAt in milliseconds.
  using Rows = std::map<std::pair<core::Scope, std::string>, core::Json>;
  const Rows& rows() const { return rows_; }

  // nullptr when there is none.
  const core::Json* find(const core::Scope& scope, const std::string& uuid) const;

  // Both tell the listeners.
  void put(const core::Scope& scope, const std::string& uuid, core::Json row);
  void erase(const core::Scope& scope, const std::string& uuid);

  void on_changed(std::function<void()> listener) { listeners_.push_back(std::move(listener)); }

  std::vector<EventSourceMapping> all() const;

  void set_last_result(const std::string& uuid, std::string_view text);
  // nullptr when nothing was processed since the start.
  const std::string* last_result(const std::string& uuid) const;

 private:
  void tell_listeners() const;

  core::Store& store_;
  Rows rows_;
  std::map<std::string, std::string> last_results_;
  std::vector<std::function<void()>> listeners_;
};

}  // namespace votemu::lambda
