#include "wire/rest_routes.h"

namespace votemu::wire {
namespace {

std::vector<RestRoute> all_routes() {
  std::vector<RestRoute> all;
  for (auto routes : {lambda_routes(), apigateway_routes(), iot_routes()}) {
    all.insert(all.end(), routes.begin(), routes.end());
  }
  return all;
}

}  // namespace

std::span<const RestRoute> rest_routes() {
  static const std::vector<RestRoute> routes = all_routes();
  return routes;
}

}  // namespace votemu::wire
