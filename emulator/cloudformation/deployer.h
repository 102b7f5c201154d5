// Turns the difference between a stack as it is and a template into calls of resource types.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cloudformation/environment.h"
#include "cloudformation/evaluate.h"
#include "cloudformation/resources/resource_types.h"
#include "cloudformation/stack_record.h"
#include "cloudformation/template.h"

namespace votemu::cloudformation {

// One deployment. Used once.
class Deployer {
 public:
  Deployer(core::Runtime& runtime, const Services& services, const ResourceTypes& types,
           const std::vector<std::string>& known_handlers, const core::RequestContext& request,
           StackRecord& record)
      : runtime_(runtime),
        services_(services),
        types_(types),
        known_handlers_(known_handlers),
        request_(request),
        record_(record) {}

  // Makes and changes resources in `order`, then deletes what was replaced or is no longer there.
  // When one fails, undoes through the services what was done before, so that what they hold in
  // memory agrees with the store after its rollback, and throws Problem. True when anything was
  // done.
  bool apply(const Template& wanted, const Environment& environment,
             const std::vector<std::string>& order);

 private:
  struct Doomed {
    std::string logical_id;
    ResourceRecord record;
  };

  void follow_host();
  void apply_one(const std::string& id, const ResourceDefinition& wanted,
                 const Environment& environment);
  void make(const std::string& id, const ResourceDefinition& wanted, Json properties);
  void change(const std::string& id, ResourceRecord& record, Json properties);
  void replace(const std::string& id, const ResourceDefinition& wanted, Json properties);
  void settle_outputs(const Template& wanted, const Environment& environment);
  void doom_leftovers(const Template& wanted, const Environment& environment);
  void delete_doomed();
  void undo();

  ResourceContext context(const std::string& logical_id) const;
  const ResourceType& type_of(const std::string& id, const std::string& name) const;

  core::Runtime& runtime_;
  const Services& services_;
  const ResourceTypes& types_;
  const std::vector<std::string>& known_handlers_;
  const core::RequestContext& request_;
  StackRecord& record_;
  std::vector<Doomed> doomed_;
  std::vector<std::function<void()>> undo_;
  bool changed_ = false;
};

}  // namespace votemu::cloudformation
