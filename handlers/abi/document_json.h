// Items as plain JSON, as the SDKs' document clients show them: {"PK":"dog","votes":1}.
#pragma once

#include <string>
#include <vector>

#include "handlers/abi/attribute_value.h"

namespace votemu::abi {

// A JSON array of the items. Numbers keep all their digits; sets become arrays, binary base64.
std::string documents_to_json(const std::vector<Item>& items);

}  // namespace votemu::abi
