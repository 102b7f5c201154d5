// Carries out what an operation asks of a stack, from its first event to its last, within one turn.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
#pragma once

#include <optional>
#include <set>
#include <string>

#include "cloudformation/engine.h"
#include "cloudformation/prepared_template.h"
#include "cloudformation/stack_record.h"

namespace votemu::cloudformation {

// keep: what was made stays as it is. remove: as a rollback, and the stack goes too.
enum class OnFailure { roll_back, keep, remove };

// What a stack is to become. A stack that does not exist yet is created.
struct Change {
  const PreparedTemplate& prepared;
  const Plan& plan;
  Source source;
  Settings settings;
  OnFailure on_failure = OnFailure::roll_back;
  std::string client_token;
  bool tells_if_unchanged = true;  // else a change that changes nothing is no event
};

struct Outcome {
  bool changed = false;            // whether anything was done
  std::optional<Problem> failure;  // why the stack is not what it was to become
};

// A stack that is not there yet: without status, and not in the store.
StackRecord new_stack(core::Runtime& runtime, const core::RequestContext& context,
                      const std::string& name);

// Leaves in `stack`, and in the store, what has become of it.
Outcome deploy(const Engine& engine, const core::RequestContext& context, StackRecord& stack,
               const Change& change);

// After an update that failed and was kept: back to what the stack was before it. After such a
// creation: deletes what was made. `change` is that of the former.
void roll_back_update(const Engine& engine, const core::RequestContext& context, StackRecord& stack,
                      const Change& change);
void roll_back_creation(const Engine& engine, const core::RequestContext& context,
                        StackRecord& stack, const std::string& client_token);

// A stack that could not be deleted is DELETE_FAILED and keeps what is left of it.
void delete_stack(const Engine& engine, const core::RequestContext& context, StackRecord stack,
                  const std::set<std::string>& retained, const std::string& client_token);

}  // namespace votemu::cloudformation
