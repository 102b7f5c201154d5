// What a stack would become, kept until it is executed or deleted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloudformation/stack_record.h"
#include "core/ids.h"
#include "core/store.h"

namespace votemu::cloudformation {

struct ChangeSet {
  std::string name;
  std::string id;  // its ARN
  std::string stack_name;
  std::string stack_id;
  bool creates = false;  // its type is CREATE
  std::string description;
  std::string on_stack_failure;  // "": as ExecuteChangeSet says
  std::string client_token;
  std::string status;
  std::string status_reason;
  std::string execution_status;
  std::int64_t created_ms = 0;
  Source source;
  std::map<std::string, std::string> parameter_values;
  std::set<std::string> secret_parameters;
  Settings settings;
  Json changes = Json::array();  // [Change] as DescribeChangeSet answers
};

// By name or by id.
std::optional<ChangeSet> load_change_set(const core::Store& store, const core::Scope& scope,
                                         std::string_view stack_id, std::string_view name_or_id);
// By its id alone, among all stacks.
std::optional<ChangeSet> find_change_set(const core::Store& store, const core::Scope& scope,
                                         std::string_view id);
void save_change_set(core::Store& store, const core::Scope& scope, const ChangeSet& change_set);
void erase_change_set(core::Store& store, const core::Scope& scope, const ChangeSet& change_set);
void erase_change_sets(core::Store& store, const core::Scope& scope, std::string_view stack_id);

// By name.
std::vector<ChangeSet> change_sets_of(const core::Store& store, const core::Scope& scope,
                                      std::string_view stack_id);

}  // namespace votemu::cloudformation
