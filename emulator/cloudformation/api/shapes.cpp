#include "cloudformation/api/shapes.h"

namespace votemu::cloudformation::api {

Json tag_shapes(const std::map<std::string, std::string>& tags) {
  Json list = Json::array();
  for (const auto& [key, value] : tags) list.push_back({{"Key", key}, {"Value", value}});
  return list;
}

Json parameter_shapes(const std::map<std::string, std::string>& values,
                      const std::set<std::string>& secrets) {
  Json list = Json::array();
  for (const auto& [key, value] : values) {
    list.push_back(
        {{"ParameterKey", key}, {"ParameterValue", secrets.contains(key) ? "****" : value}});
  }
  return list;
}

}  // namespace votemu::cloudformation::api
