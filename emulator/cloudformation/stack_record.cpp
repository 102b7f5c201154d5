#include "cloudformation/stack_record.h"

#include "core/keys.h"

namespace votemu::cloudformation {
namespace {

std::string key_of(const core::Scope& scope, std::string_view name) {
  return core::Key(core::Table::cloudformation_stack, scope).text(name).bytes();
}

Json resource_to_json(const ResourceRecord& record) {
  return Json{{"Type", record.type},
              {"PhysicalId", record.state.physical_id},
              {"Properties", record.state.properties},
              {"Attributes", record.state.attributes},
              {"Order", record.order},
              {"RetainOnDelete", record.retain_on_delete},
              {"RetainOnReplace", record.retain_on_replace}};
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
  return record;
}

Json to_json(const StackRecord& record) {
  Json resources = Json::object();
  for (const auto& [id, resource] : record.resources) resources[id] = resource_to_json(resource);
  return Json{{"Name", record.name},
              {"Id", record.id},
              {"Meaning", record.meaning},
              {"Template", record.template_text},
              {"Parameters", record.parameters},
              {"Host", record.host},
              {"Created", record.created_ms},
              {"Updated", record.updated_ms},
              {"NextOrder", record.next_order},
              {"Resources", std::move(resources)},
              {"Outputs", record.outputs}};
}

StackRecord from_json(const Json& row) {
  StackRecord record;
  row.at("Name").get_to(record.name);
  row.at("Id").get_to(record.id);
  row.at("Meaning").get_to(record.meaning);
  row.at("Template").get_to(record.template_text);
  row.at("Parameters").get_to(record.parameters);
  row.at("Host").get_to(record.host);
  row.at("Created").get_to(record.created_ms);
  row.at("Updated").get_to(record.updated_ms);
  row.at("NextOrder").get_to(record.next_order);
  for (const auto& [id, resource] : row.at("Resources").items()) {
    record.resources.emplace(id, resource_from_json(resource));
  }
  row.at("Outputs").get_to(record.outputs);
  return record;
}

}  // namespace

std::optional<StackRecord> load_stack(const core::Store& store, const core::Scope& scope,
                                      std::string_view name) {
  const auto row = store.get(key_of(scope, name));
  if (!row) return std::nullopt;
  try {
    return from_json(Json::parse(*row));
  } catch (const Json::exception&) {
    throw core::StoreError("store: the row of stack " + std::string(name) + " is corrupt");
  }
}

void save_stack(core::Store& store, const core::Scope& scope, const StackRecord& record) {
  store.put(key_of(scope, record.name), core::dump_json(to_json(record)));
}

}  // namespace votemu::cloudformation
