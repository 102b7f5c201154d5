#include "services/apigateway/media_types.h"

#include <algorithm>

#include "core/text.h"
#include "services/apigateway/gateway_reply.h"

namespace votemu::apigateway {

bool is_binary_type(const std::vector<std::string>& binary_media_types, std::string_view header) {
  if (binary_media_types.empty()) return false;
  const std::string_view type = header.substr(0, header.find_first_of(",; \t"));
  return std::any_of(binary_media_types.begin(), binary_media_types.end(),
                     [type](std::string_view binary) {
                       if (binary == "*/*") return true;
                       if (!binary.ends_with("/*")) return core::equals_ignoring_case(binary, type);
                       binary.remove_suffix(1);
                       return core::equals_ignoring_case(binary, type.substr(0, binary.size()));
                     });
}

}  // namespace votemu::apigateway
