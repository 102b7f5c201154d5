// What is deployed of a voting application, however it came to be: what the page and the start text
// tell people.
#pragma once

#include <string>
#include <vector>

#include "app/operations.h"
#include "core/operation.h"
#include "core/store.h"

namespace votemu::app {

struct Inventory {
  std::string api_id;                  // "" when there is no API
  std::string api_stage;               // "" when there is no API
  std::string api_url_path;            // where it answers on this port: "/dev"
  std::vector<std::string> api_paths;  // "GET /votes"
  std::string iot_topic{"votes"};
  std::string identity_pool_id;  // "" when there is none
  std::vector<std::string> functions;
};

// By what the services answer to the same operations that clients use. Of several APIs it is the
// first that takes votes, else the first.
Inventory take_inventory(core::Store& store, const Operations& operations,
                         const core::RequestContext& context);

}  // namespace votemu::app
