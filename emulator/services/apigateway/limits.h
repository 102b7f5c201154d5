// Every bound of the API Gateway service. AWS's own are at
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::apigateway::limits {

// AWS's.
inline constexpr std::size_t max_payload_bytes = 10'485'760;
inline constexpr std::size_t max_resources_per_api = 300;
inline constexpr std::size_t max_stages_per_api = 10;
inline constexpr std::size_t max_apis_per_scope = 600;
inline constexpr std::int64_t default_page = 25;
inline constexpr std::int64_t max_page = 500;
inline constexpr std::int64_t default_timeout_ms = 29'000;
inline constexpr std::int64_t min_timeout_ms = 50;
inline constexpr std::size_t max_name_length = 1'024;
inline constexpr std::size_t max_stage_name_length = 128;
inline constexpr std::size_t max_tags = 50;
inline constexpr std::size_t max_logged_bytes = 998;  // of a value in an execution log

// votemu's.
inline constexpr std::size_t max_patches = 1'000;  // of one request
// Deployments over this go, oldest first, unless a stage points at them.
inline constexpr std::size_t kept_deployments = 20;
// An API's row with all its snapshots.
inline constexpr std::size_t max_api_bytes = std::size_t{32} << 20;

}  // namespace votemu::apigateway::limits
