#include "cloudformation/stack_record.h"

namespace votemu::cloudformation {
namespace {

Json resource_to_json(const ResourceRecord& record) {
  Json row{{"Type", record.type},
           {"PhysicalId", record.state.physical_id},
           {"Properties", record.state.properties},
           {"Attributes", record.state.attributes},
           {"Order", record.order},
           {"RetainOnDelete", record.retain_on_delete},
           {"RetainOnReplace", record.retain_on_replace},
           {"Status", record.status},
           {"Changed", record.changed_ms}};
  if (!record.status_reason.empty()) row["StatusReason"] = record.status_reason;
  if (!record.metadata.is_null()) row["Metadata"] = record.metadata;
  return row;
}

ResourceRecord resource_from_json(const Json& row) {
  ResourceRecord record;
  row.at("Type").get_to(record.type);
  row.at("PhysicalId").get_to(record.state.physical_id);
  record.state.properties = row.at("Properties");
  record.state.attributes = row.at("Attributes");
  row.at("Order").get_to(record.order);
  row.at("RetainOnDelete").get_to(record.retain_on_delete);
  row.at("RetainOnReplace").get_to(record.retain_on_replace);
  record.status = row.value("Status", record.status);
  record.status_reason = row.value("StatusReason", "");
  record.changed_ms = row.value("Changed", record.changed_ms);
  record.metadata = row.value("Metadata", Json());
  return record;
}

Json output_to_json(const Output& output) {
  return Json{
      {"Value", output.value}, {"Description", output.description}, {"Export", output.export_name}};
}

// An earlier votemu kept the value alone.
Output output_from_json(const Json& row) {
  if (row.is_string()) return {row.get<std::string>(), "", ""};
  return {row.at("Value").get<std::string>(), row.at("Description").get<std::string>(),
          row.at("Export").get<std::string>()};
}

Json settings_to_json(const Settings& settings) {
  return Json{{"Tags", settings.tags},
              {"Capabilities", settings.capabilities},
              {"NotificationArns", settings.notification_arns},
              {"RoleArn", settings.role_arn}};
}

Settings settings_from_json(const Json& row) {
  Settings settings;
  row.at("Tags").get_to(settings.tags);
  row.at("Capabilities").get_to(settings.capabilities);
  row.at("NotificationArns").get_to(settings.notification_arns);
  row.at("RoleArn").get_to(settings.role_arn);
  return settings;
}

void add_parts(const StackRecord& record, Json& row) {
  Json resources = Json::object();
  for (const auto& [id, resource] : record.resources) resources[id] = resource_to_json(resource);
  Json leftovers = Json::array();
  for (const auto& leftover : record.leftovers) {
    leftovers.push_back({{"Id", leftover.logical_id},
                         {"Of", resource_to_json(leftover.record)},
                         {"Stays", leftover.stays}});
  }
  Json outputs = Json::object();
  for (const auto& [name, output] : record.outputs) outputs[name] = output_to_json(output);
  row["Resources"] = std::move(resources);
  row["Leftovers"] = std::move(leftovers);
  row["Outputs"] = std::move(outputs);
}

void read_parts(const Json& row, StackRecord& record) {
  for (const auto& [id, resource] : row.at("Resources").items()) {
    record.resources.emplace(id, resource_from_json(resource));
  }
  for (const auto& leftover : row.value("Leftovers", Json::array())) {
    record.leftovers.push_back({leftover.at("Id").get<std::string>(),
                                resource_from_json(leftover.at("Of")),
                                leftover.at("Stays").get<bool>()});
  }
  for (const auto& [name, output] : row.at("Outputs").items()) {
    record.outputs.emplace(name, output_from_json(output));
  }
}

}  // namespace

Json stack_to_json(const StackRecord& record) {
  Json row{{"Name", record.name},
           {"Id", record.id},
           {"Status", record.status},
           {"StatusReason", record.status_reason},
           {"Meaning", record.meaning},
           {"Template", record.source.template_text},
           {"Parameters", record.source.parameters},
           {"ParameterValues", record.parameter_values},
           {"Secrets", record.secret_parameters},
           {"Description", record.description},
           {"Settings", settings_to_json(record.settings)},
           {"Policy", record.policy},
           {"TimeoutMinutes", record.timeout_minutes},
           {"DisableRollback", record.disable_rollback},
           {"TerminationProtection", record.termination_protection},
           {"Host", record.host},
           {"Created", record.created_ms},
           {"Updated", record.updated_ms},
           {"Deleted", record.deleted_ms},
           {"NextOrder", record.next_order},
           {"Imports", record.imports},
           {"ChangeSetId", record.change_set_id},
           {"ClientToken", record.client_token},
           {"StableTemplate", record.stable.template_text},
           {"StableParameters", record.stable.parameters},
           {"NextEvent", record.next_event},
           {"LastEvent", record.last_event_ms}};
  add_parts(record, row);
  return row;
}

StackRecord stack_from_json(const Json& row) {
  StackRecord record;
  row.at("Name").get_to(record.name);
  row.at("Id").get_to(record.id);
  record.status = row.value("Status", "CREATE_COMPLETE");
  record.status_reason = row.value("StatusReason", "");
  row.at("Meaning").get_to(record.meaning);
  row.at("Template").get_to(record.source.template_text);
  row.at("Parameters").get_to(record.source.parameters);
  record.parameter_values = row.value("ParameterValues", record.source.parameters);
  record.secret_parameters = row.value("Secrets", record.secret_parameters);
  record.description = row.value("Description", "");
  if (row.contains("Settings")) record.settings = settings_from_json(row.at("Settings"));
  record.policy = row.value("Policy", "");
  record.timeout_minutes = row.value("TimeoutMinutes", record.timeout_minutes);
  record.disable_rollback = row.value("DisableRollback", false);
  record.termination_protection = row.value("TerminationProtection", false);
  row.at("Host").get_to(record.host);
  row.at("Created").get_to(record.created_ms);
  row.at("Updated").get_to(record.updated_ms);
  record.deleted_ms = row.value("Deleted", record.deleted_ms);
  row.at("NextOrder").get_to(record.next_order);
  record.imports = row.value("Imports", record.imports);
  record.change_set_id = row.value("ChangeSetId", "");
  record.client_token = row.value("ClientToken", "");
  record.stable.template_text = row.value("StableTemplate", "");
  record.stable.parameters = row.value("StableParameters", record.stable.parameters);
  record.next_event = row.value("NextEvent", record.next_event);
  record.last_event_ms = row.value("LastEvent", record.last_event_ms);
  read_parts(row, record);
  return record;
}

}  // namespace votemu::cloudformation
