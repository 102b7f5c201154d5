// Every bound of the token service: https://docs.aws.amazon.com/STS/latest/APIReference/
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::sts::limits {

inline constexpr std::size_t min_arn_length = 20;
inline constexpr std::size_t max_arn_length = 2'048;
inline constexpr std::size_t min_session_name_length = 2;
inline constexpr std::size_t max_session_name_length = 64;
inline constexpr std::size_t min_web_token_length = 4;
inline constexpr std::size_t max_web_token_length = 20'000;
inline constexpr std::size_t max_policy_length = 2'048;
inline constexpr std::size_t max_policy_arns = 10;
// Of a session's policy and the ARNs of its managed policies together: they travel in its token.
inline constexpr std::size_t max_packed_policy_bytes = 2'048;
inline constexpr std::size_t min_external_id_length = 2;
inline constexpr std::size_t max_external_id_length = 1'224;
inline constexpr std::size_t min_access_key_length = 16;
inline constexpr std::size_t max_access_key_length = 128;

inline constexpr std::int64_t min_duration_s = 900;
inline constexpr std::int64_t default_role_duration_s = 3'600;
inline constexpr std::int64_t max_role_duration_s = 43'200;
inline constexpr std::int64_t max_chained_duration_s = 3'600;
inline constexpr std::int64_t default_session_duration_s = 43'200;
inline constexpr std::int64_t max_session_duration_s = 129'600;

}  // namespace votemu::sts::limits
