#include "cloudformation/deployer.h"

#include <algorithm>
#include <utility>

#include "cloudformation/graph.h"
#include "cloudformation/values.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {
namespace {

// The resources that were settled before the one whose properties are evaluated.
class RecordReferences final : public References {
 public:
  explicit RecordReferences(const StackRecord& record) : record_(record) {}

  std::optional<Json> ref(const std::string& id) const override {
    const auto found = record_.resources.find(id);
    if (found == record_.resources.end()) return std::nullopt;
    return found->second.state.physical_id;
  }

  std::optional<Json> attribute(const std::string& id, const std::string& name) const override {
    const auto found = record_.resources.find(id);
    if (found == record_.resources.end()) return std::nullopt;
    const auto& attributes = found->second.state.attributes;
    const auto value = attributes.find(name);
    if (value == attributes.end()) return std::nullopt;
    return *value;
  }

 private:
  const StackRecord& record_;
};

bool must_replace(const ResourceType& type, const Json& before, const Json& after) {
  const auto& names = type.replacing_properties();
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return differs(before, after, name); });
}

}  // namespace

bool Deployer::apply(const Template& wanted, const Environment& environment,
                     const std::vector<std::string>& order) {
  try {
    follow_host();
    for (const auto& id : order) apply_one(id, wanted.resources.at(id), environment);
    doom_leftovers(wanted, environment);
    settle_outputs(wanted, environment);
  } catch (...) {
    undo();
    throw;
  }
  delete_doomed();
  return changed_;
}

void Deployer::follow_host() {
  if (record_.host == request_.host) return;
  record_.host = request_.host;
  for (auto& [id, resource] : record_.resources) {
    if (type_of(id, resource.type).follow_host(context(id), resource.state)) changed_ = true;
  }
}

void Deployer::apply_one(const std::string& id, const ResourceDefinition& wanted,
                         const Environment& environment) {
  const Path path{"Resources", id, "Properties"};
  try {
    Json properties = *evaluate(wanted.properties, environment, RecordReferences(record_), path);
    const ResourceType& type = type_of(id, wanted.type);
    type.check(context(id), properties);
    const auto found = record_.resources.find(id);
    if (found == record_.resources.end()) {
      make(id, wanted, std::move(properties));
      return;
    }
    ResourceRecord& record = found->second;
    record.retain_on_delete = wanted.retain_on_delete;
    record.retain_on_replace = wanted.retain_on_replace;
    if (record.type != wanted.type) {
      throw Problem(
          "Update of resource type is not permitted. The new template modifies resource type of "
          "the "
          "following resources: [" +
          id + "]");
    }
    if (record.state.properties == properties) return;
    if (must_replace(type, record.state.properties, properties)) {
      replace(id, wanted, std::move(properties));
    } else {
      change(id, record, std::move(properties));
    }
  } catch (const Problem& problem) {
    throw problem.path().empty() ? Problem(problem.what(), {"Resources", id}, id) : problem.of(id);
  } catch (const core::AwsError& error) {
    throw Problem(error.code() + ": " + error.what(), {"Resources", id}, id);
  } catch (const Json::exception&) {
    throw Problem("a property is not of the type that it must be", path, id);
  }
}

void Deployer::make(const std::string& id, const ResourceDefinition& wanted, Json properties) {
  const ResourceType& type = type_of(id, wanted.type);
  changed_ = true;
  Made made = type.create(context(id), properties);
  ResourceRecord record{
      wanted.type,
      {std::move(made.physical_id), std::move(properties), std::move(made.attributes)},
      ++record_.next_order,
      wanted.retain_on_delete,
      wanted.retain_on_replace};
  undo_.push_back([this, id, &type, state = record.state] { type.remove(context(id), state); });
  record_.resources.insert_or_assign(id, std::move(record));
}

void Deployer::change(const std::string& id, ResourceRecord& record, Json properties) {
  const ResourceType& type = type_of(id, record.type);
  changed_ = true;
  const ResourceState before = record.state;
  // Also when the update fails half way: its first calls may have gone through.
  undo_.push_back([this, id, &type, before, properties] {
    type.update(context(id), {before.physical_id, properties, before.attributes},
                before.properties);
  });
  Made made = type.update(context(id), before, properties);
  record.state = {std::move(made.physical_id), std::move(properties), std::move(made.attributes)};
}

void Deployer::replace(const std::string& id, const ResourceDefinition& wanted, Json properties) {
  const ResourceRecord old = record_.resources.at(id);
  make(id, wanted, std::move(properties));
  if (!old.retain_on_replace) doomed_.push_back({id, old});
}

void Deployer::settle_outputs(const Template& wanted, const Environment& environment) {
  std::map<std::string, std::string> outputs;
  for (const auto& [name, output] : wanted.outputs.items()) {
    const Path path{"Outputs", name, "Value"};
    const auto condition = output.find("Condition");
    if (condition != output.end() && condition->is_string() &&
        !holds(condition->get<std::string>(), environment, path)) {
      continue;
    }
    const auto value = evaluate(output["Value"], environment, RecordReferences(record_), path);
    if (!value) continue;
    const auto text = scalar_text(*value);
    if (!text) {
      throw Problem("Template format error: Output " + name +
                        " is malformed. The Value field of every Outputs member must evaluate to a "
                        "String.",
                    path);
    }
    outputs[name] = *text;
  }
  if (outputs != record_.outputs) changed_ = true;
  record_.outputs = std::move(outputs);
}

void Deployer::doom_leftovers(const Template& wanted, const Environment& environment) {
  for (auto next = record_.resources.begin(); next != record_.resources.end();) {
    const auto found = wanted.resources.find(next->first);
    const bool stays = found != wanted.resources.end() &&
                       holds(found->second.condition, environment, {"Resources", next->first});
    if (stays) {
      ++next;
      continue;
    }
    changed_ = true;
    if (!next->second.retain_on_delete) doomed_.push_back({next->first, next->second});
    next = record_.resources.erase(next);
  }
}

// A resource that cannot be deleted does not fail the deployment: like CloudFormation's clean-up,
// it stays behind.
void Deployer::delete_doomed() {
  std::sort(doomed_.begin(), doomed_.end(), [](const Doomed& left, const Doomed& right) {
    return left.record.order > right.record.order;
  });
  for (const auto& [id, record] : doomed_) {
    try {
      type_of(id, record.type).remove(context(id), record.state);
    } catch (const core::AwsError& error) {
      runtime_.log.warn("stack " + record_.name + ": " + id + " was not deleted: " + error.what());
    }
  }
}

void Deployer::undo() {
  for (auto step = undo_.rbegin(); step != undo_.rend(); ++step) {
    try {
      (*step)();
    } catch (const core::AwsError& error) {
      runtime_.log.warn("stack " + record_.name + ": a change was not undone: " + error.what());
    } catch (const Json::exception&) {
      runtime_.log.warn("stack " + record_.name + ": a change was not undone");
    }
  }
}

ResourceContext Deployer::context(const std::string& logical_id) const {
  return {runtime_, services_, request_, known_handlers_, record_.name, logical_id};
}

const ResourceType& Deployer::type_of(const std::string& id, const std::string& name) const {
  const ResourceType* type = types_.find(name);
  if (type == nullptr) {
    throw Problem("Template format error: Unrecognized resource types: [" + name + "]",
                  {"Resources", id, "Type"}, id);
  }
  return *type;
}

}  // namespace votemu::cloudformation
