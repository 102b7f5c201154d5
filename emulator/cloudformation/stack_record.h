// What is known of a stack between deployments: its row of the store.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cloudformation/resources/resource_type.h"

namespace votemu::cloudformation {

struct ResourceRecord {
  std::string type;
  ResourceState state;
  // In the last deployment: what comes later may need what comes before.
  std::uint64_t order = 0;
  bool retain_on_delete = false;
  bool retain_on_replace = false;
  Json metadata;  // as the template has it, null when it has none
  std::string status = "CREATE_COMPLETE";
  std::string status_reason;
  std::int64_t changed_ms = 0;
};

struct Output {
  std::string value;
  std::string description;
  std::string export_name;  // "": not exported
  auto operator<=>(const Output&) const = default;
};

// A resource that was replaced or taken out, and goes when the update has succeeded.
struct Leftover {
  std::string logical_id;
  ResourceRecord record;
  bool stays = false;  // its policy is to retain it
};

// A template and the values that it was deployed with.
struct Source {
  std::string template_text;
  std::map<std::string, std::string> parameters;  // as given
};

// What a person decides about a stack besides its template.
struct Settings {
  std::map<std::string, std::string> tags;
  std::vector<std::string> capabilities;
  std::vector<std::string> notification_arns;
  std::string role_arn;
  bool operator==(const Settings&) const = default;
};

struct StackRecord {
  // Raised when the same template comes to mean other resources.
  static constexpr int current_meaning = 2;

  std::string name;
  std::string id;  // its ARN
  std::string status;
  std::string status_reason;
  int meaning = current_meaning;
  Source source;
  std::map<std::string, std::string> parameter_values;  // with the defaults
  std::set<std::string> secret_parameters;              // NoEcho
  std::string description;
  Settings settings;
  std::string policy;  // the stack policy's text
  std::int64_t timeout_minutes = 0;
  bool disable_rollback = false;
  bool termination_protection = false;
  std::string host;  // that its resources were made for
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;  // 0: never
  std::int64_t deleted_ms = 0;
  std::uint64_t next_order = 0;
  std::map<std::string, ResourceRecord> resources;  // by logical id
  std::vector<Leftover> leftovers;  // of an update that failed and was not rolled back
  std::map<std::string, Output> outputs;
  std::set<std::string> imports;  // names of exports that it uses
  std::string change_set_id;      // that was executed last
  std::string client_token;       // of the operation that came last
  Source stable;                  // what RollbackStack goes back to after UPDATE_FAILED
  std::uint64_t next_event = 0;
  std::int64_t last_event_ms = 0;

  // Not one that is about to be created, nor one that was deleted.
  bool exists() const {
    return !status.empty() && status != "REVIEW_IN_PROGRESS" && status != "DELETE_COMPLETE";
  }
};

Json stack_to_json(const StackRecord& record);
// Also of rows that an earlier votemu has written. Throws Json::exception.
StackRecord stack_from_json(const Json& row);

}  // namespace votemu::cloudformation
