// Resources that no service of this process acts on: they live in their stack's row, with
// identifiers as AWS makes them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cloudformation/resources/resource_type.h"

namespace votemu::cloudformation {

// `identify` names a new resource and says what its attributes are.
std::unique_ptr<ResourceType> kept_type(std::vector<std::string> replacing_properties,
                                        Made (*identify)(const ResourceContext&,
                                                         const Json& properties));

// The physical id is the generated name, and there is nothing to get.
Made named_only(const ResourceContext& context, const Json& properties);

}  // namespace votemu::cloudformation
