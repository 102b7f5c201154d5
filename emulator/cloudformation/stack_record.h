// What is known of a stack between deployments: its row of the store.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cloudformation/resources/resource_type.h"
#include "core/ids.h"
#include "core/store.h"

namespace votemu::cloudformation {

struct ResourceRecord {
  std::string type;
  ResourceState state;
  std::uint64_t order = 0;  // of creation: what came later may need what came before
  bool retain_on_delete = false;
  bool retain_on_replace = false;
};

struct StackRecord {
  // Raised when the same template comes to mean other resources.
  static constexpr int current_meaning = 1;

  std::string name;
  std::string id;  // its ARN
  int meaning = current_meaning;
  std::string template_text;
  std::map<std::string, std::string> parameters;  // as given
  std::string host;                               // that its resources were made for
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
  std::uint64_t next_order = 0;
  std::map<std::string, ResourceRecord> resources;  // by logical id
  std::map<std::string, std::string> outputs;
};

std::optional<StackRecord> load_stack(const core::Store& store, const core::Scope& scope,
                                      std::string_view name);
void save_stack(core::Store& store, const core::Scope& scope, const StackRecord& record);

}  // namespace votemu::cloudformation
