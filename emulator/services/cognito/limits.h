// Every bound of the identity and user pools. AWS's own are at
// https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::cognito::limits {

// AWS's.
inline constexpr std::size_t max_identity_pools = 1'000;  // per account and region
inline constexpr std::size_t max_user_pools = 1'000;      // per account and region
inline constexpr std::size_t max_clients_per_pool = 1'000;
inline constexpr std::size_t max_id_length = 55;
inline constexpr std::size_t max_name_length = 128;
inline constexpr std::size_t max_provider_length = 128;
inline constexpr std::size_t min_arn_length = 20;
inline constexpr std::size_t max_arn_length = 2'048;
inline constexpr std::size_t max_login_providers = 10;
inline constexpr std::size_t max_role_mappings = 10;
inline constexpr std::size_t max_mapping_rules = 400;
inline constexpr std::size_t max_logins = 10;
inline constexpr std::size_t max_identities_to_delete = 60;
inline constexpr std::int64_t max_page = 60;
inline constexpr std::size_t max_tags = 50;
inline constexpr std::size_t max_tag_key_length = 128;
inline constexpr std::size_t max_tag_value_length = 256;
inline constexpr std::size_t max_attribute_name_length = 20;
inline constexpr std::size_t max_schema_attributes = 50;
inline constexpr std::size_t max_added_attributes = 25;

inline constexpr std::int64_t credentials_lifetime_s = 3'600;
inline constexpr std::int64_t open_id_token_lifetime_s = 600;

// votemu's: every page load of a guest makes an identity. The oldest of a pool go first.
inline constexpr std::uint64_t max_identities_per_pool = 100'000;
// What one pool or client may be written in.
inline constexpr std::size_t max_row_bytes = std::size_t{256} << 10;

}  // namespace votemu::cognito::limits
