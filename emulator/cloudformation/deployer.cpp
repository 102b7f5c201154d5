#include "cloudformation/deployer.h"

#include <algorithm>
#include <utility>

#include "cloudformation/exports.h"
#include "cloudformation/graph.h"
#include "cloudformation/outputs.h"
#include "cloudformation/record_references.h"
#include "cloudformation/stack_tags.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {

Problem other_type(const std::string& logical_id) {
  return Problem(
      "Update of resource type is not permitted. The new template modifies resource type of the "
      "following resources: [" +
      logical_id + "]");
}

bool must_replace(const ResourceType& type, const Json& before, const Json& after) {
  const auto& names = type.replacing_properties();
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return differs(before, after, name); });
}

void Deployer::apply(const Template& wanted, const Plan& plan) {
  follow_host();
  for (const auto& id : plan.order) {
    apply_one(id, wanted.resources.at(id), plan.environment);
    record_.resources.at(id).order = ++record_.next_order;
  }
  gather_leftovers(wanted, plan.environment);
  settle_outputs(wanted, plan.environment);
}

void Deployer::follow_host() {
  if (record_.host == request_.host) return;
  record_.host = request_.host;
  for (auto& [id, resource] : record_.resources) {
    if (type_of(id, resource.type).follow_host(context(id), resource.state)) changed_ = true;
  }
}

Json Deployer::properties_of(const std::string& id, const ResourceDefinition& wanted,
                             const Environment& environment) const {
  Json properties = *evaluate(wanted.properties, environment, RecordReferences(record_),
                              {"Resources", id, "Properties"});
  const ResourceType& type = type_of(id, wanted.type);
  try {
    type.check(context(id), properties);
  } catch (const core::AwsError& error) {
    throw Problem(error.code() + ": " + error.what(), {"Resources", id}, id);
  }
  return with_stack_tags(type, record_, record_.settings, id, std::move(properties));
}

void Deployer::apply_one(const std::string& id, const ResourceDefinition& wanted,
                         const Environment& environment) {
  std::string reason;
  try {
    Json properties = properties_of(id, wanted, environment);
    const auto found = record_.resources.find(id);
    if (found == record_.resources.end()) {
      make(id, wanted, std::move(properties));
      return;
    }
    ResourceRecord& record = found->second;
    record.retain_on_delete = wanted.retain_on_delete;
    record.retain_on_replace = wanted.retain_on_replace;
    if (record.type != wanted.type) throw other_type(id);
    if (record.state.properties == properties) {
      note_metadata(id, record, wanted.metadata);
    } else if (must_replace(type_of(id, wanted.type), record.state.properties, properties)) {
      replace(id, wanted, std::move(properties));
    } else {
      change(id, record, std::move(properties));
      record.metadata = wanted.metadata;
    }
  } catch (const Problem& problem) {
    tell_failed(id, wanted.type, problem.what());
    throw problem.path().empty() ? Problem(problem.what(), {"Resources", id}, id) : problem.of(id);
  } catch (const core::AwsError& error) {
    tell_failed(id, wanted.type, handler_message(error));
    throw Problem(error.code() + ": " + error.what(), {"Resources", id}, id);
  } catch (const Json::exception&) {
    const std::string text = "The properties of " + id + " are not of the types they must be.";
    tell_failed(id, wanted.type, text);
    throw Problem(text, {"Resources", id}, id);
  }
}

void Deployer::make(const std::string& id, const ResourceDefinition& wanted, Json properties) {
  const ResourceType& type = type_of(id, wanted.type);
  changed_ = true;
  const bool replaces = record_.resources.contains(id);
  const std::string begun = replaces ? "UPDATE_IN_PROGRESS" : "CREATE_IN_PROGRESS";
  if (!replaces) events_.resource({id, "", wanted.type, begun, "", &properties});
  Made made = type.create(context(id), properties);
  ResourceRecord record;
  record.type = wanted.type;
  record.state = {std::move(made.physical_id), std::move(properties), std::move(made.attributes)};
  record.retain_on_delete = wanted.retain_on_delete;
  record.retain_on_replace = wanted.retain_on_replace;
  record.metadata = wanted.metadata;
  tell(id, record, begun, "Resource creation Initiated");
  tell(id, record, replaces ? "UPDATE_COMPLETE" : "CREATE_COMPLETE");
  undo_.push_back([this, id, record]() mutable { remove(id, record); });
  record_.resources.insert_or_assign(id, std::move(record));
}

void Deployer::change(const std::string& id, ResourceRecord& record, Json properties) {
  const ResourceType& type = type_of(id, record.type);
  changed_ = true;
  const ResourceState before = record.state;
  tell(id, record, "UPDATE_IN_PROGRESS");
  // Also when the update fails half way: its first calls may have gone through.
  undo_.push_back([this, id, &type, before, properties, undone = record]() mutable {
    tell(id, undone, "UPDATE_IN_PROGRESS");
    type.update(context(id), {before.physical_id, properties, before.attributes},
                before.properties);
    tell(id, undone, "UPDATE_COMPLETE");
  });
  Made made = type.update(context(id), before, properties);
  record.state = {std::move(made.physical_id), std::move(properties), std::move(made.attributes)};
  tell(id, record, "UPDATE_COMPLETE");
}

void Deployer::replace(const std::string& id, const ResourceDefinition& wanted, Json properties) {
  ResourceRecord old = record_.resources.at(id);
  tell(id, old, "UPDATE_IN_PROGRESS",
       "Requested update requires the creation of a new physical resource; hence creating one.");
  make(id, wanted, std::move(properties));
  const bool stays = old.retain_on_replace;
  record_.leftovers.push_back({id, std::move(old), stays});
}

// What a person notes beside a resource changes nothing of it.
void Deployer::note_metadata(const std::string& id, ResourceRecord& record, const Json& metadata) {
  if (record.metadata == metadata) return;
  changed_ = true;
  tell(id, record, "UPDATE_IN_PROGRESS");
  record.metadata = metadata;
  tell(id, record, "UPDATE_COMPLETE");
}

void Deployer::settle_outputs(const Template& wanted, const Environment& environment) {
  auto outputs = evaluate_outputs(wanted, environment, RecordReferences(record_));
  auto& store = engine_.runtime.store;
  if (outputs != record_.outputs) {
    check_exports(store, request_.scope, record_, outputs);
    changed_ = true;
  }
  save_exports(store, request_.scope, record_, outputs);
  record_.outputs = std::move(outputs);
  record_.imports = imports_of(wanted, environment);
}

void Deployer::gather_leftovers(const Template& wanted, const Environment& environment) {
  for (auto next = record_.resources.begin(); next != record_.resources.end();) {
    const auto found = wanted.resources.find(next->first);
    const bool stays = found != wanted.resources.end() &&
                       holds(found->second.condition, environment, {"Resources", next->first});
    if (stays) {
      ++next;
      continue;
    }
    changed_ = true;
    record_.leftovers.push_back({next->first, next->second, next->second.retain_on_delete});
    next = record_.resources.erase(next);
  }
}

}  // namespace votemu::cloudformation
