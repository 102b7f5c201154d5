// Turns the difference between a stack as it is and a template into calls of resource types.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "cloudformation/engine.h"
#include "cloudformation/events.h"
#include "cloudformation/prepared_template.h"
#include "cloudformation/stack_record.h"
#include "core/aws_error.h"

namespace votemu::cloudformation {

// One deployment. Used once.
class Deployer {
 public:
  Deployer(const Engine& engine, const core::RequestContext& request, StackRecord& record,
           EventLog& events)
      : engine_(engine), request_(request), record_(record), events_(events) {}

  // Makes and changes resources in the plan's order, and gathers what was replaced or is no longer
  // there. Throws Problem when one fails, leaving what was done before.
  void apply(const Template& wanted, const Plan& plan);

  // After apply() has succeeded. A resource that cannot be deleted does not fail the deployment:
  // like CloudFormation's clean-up, it stays behind.
  void delete_leftovers();

  // After apply() has failed: undoes through the services what was done before, so that what they
  // hold in memory agrees with the store after its rollback.
  void undo();

  // Deletes every resource, what needs others first, but for those that are to stay. What could not
  // be deleted is returned and remains in the record; the rest is there as DELETE_COMPLETE.
  std::vector<std::string> delete_all(const std::set<std::string>& retained);

  bool changed() const { return changed_; }

  // "The following resource(s) failed to create: [X]. "; the problem itself when it was none of
  // a resource's.
  std::string failure_text(const Problem& problem) const;

 private:
  void follow_host();
  void apply_one(const std::string& id, const ResourceDefinition& wanted,
                 const Environment& environment);
  Json properties_of(const std::string& id, const ResourceDefinition& wanted,
                     const Environment& environment) const;
  void make(const std::string& id, const ResourceDefinition& wanted, Json properties);
  void change(const std::string& id, ResourceRecord& record, Json properties);
  void replace(const std::string& id, const ResourceDefinition& wanted, Json properties);
  void note_metadata(const std::string& id, ResourceRecord& record, const Json& metadata);
  void settle_outputs(const Template& wanted, const Environment& environment);
  void gather_leftovers(const Template& wanted, const Environment& environment);
  bool remove(const std::string& id, ResourceRecord& record);

  // Says what became of a resource, in the events and in its record.
  void tell(const std::string& id, ResourceRecord& record, const std::string& status,
            const std::string& reason = "");
  void tell_failed(const std::string& id, const std::string& type, const std::string& reason);

  ResourceContext context(const std::string& logical_id) const;
  const ResourceType& type_of(const std::string& id, const std::string& name) const;
  std::string handler_message(const core::AwsError& error) const;

  const Engine& engine_;
  const core::RequestContext& request_;
  StackRecord& record_;
  EventLog& events_;
  std::vector<std::function<void()>> undo_;
  std::string failed_;  // "create: [X]"
  bool changed_ = false;
};

// Why a resource cannot become one of another type.
Problem other_type(const std::string& logical_id);

// Whether a property differs that cannot change in place.
bool must_replace(const ResourceType& type, const Json& before, const Json& after);

}  // namespace votemu::cloudformation
