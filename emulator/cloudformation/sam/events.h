// What calls a function: its Events property.
#pragma once

#include <string>

#include "cloudformation/sam/api.h"
#include "cloudformation/sam/build.h"
#include "cloudformation/sam/policies.h"

namespace votemu::cloudformation::sam {

// The function that the events belong to.
struct EventTarget {
  const std::string& logical_id;
  const Json& source;
  const Json& properties;
  RolePolicies& policies;  // of its role: event sources need access
};

// Generates a permission or an event source mapping for each event, and adds API events' methods to
// their APIs. Throws Problem.
void expand_events(Build& build, Apis& apis, const EventTarget& target, const Json& events);

// Whether the function has an Api event that names no API of the template.
bool needs_implicit_api(const Json& function);

}  // namespace votemu::cloudformation::sam
