// The routes of each service that speaks REST-JSON, a file each.
#pragma once

#include <vector>

#include "wire/rest_json.h"

namespace votemu::wire {

std::vector<RestRoute> lambda_routes();
std::vector<RestRoute> apigateway_routes();
std::vector<RestRoute> iot_routes();

}  // namespace votemu::wire
