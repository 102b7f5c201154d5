// Every bound of IAM. AWS's own are at
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::iam::limits {

inline constexpr std::size_t max_role_name_length = 64;
inline constexpr std::size_t max_policy_name_length = 128;
inline constexpr std::size_t max_user_name_length = 128;
inline constexpr std::size_t max_service_name_length = 128;
inline constexpr std::size_t max_suffix_length = 64;
inline constexpr std::size_t max_path_length = 512;
inline constexpr std::size_t max_description_length = 1'000;
inline constexpr std::size_t min_arn_length = 20;
inline constexpr std::size_t max_arn_length = 2'048;
inline constexpr std::size_t max_marker_length = 320;

inline constexpr std::size_t max_tags = 50;
inline constexpr std::size_t max_tag_key_length = 128;
inline constexpr std::size_t max_tag_value_length = 256;

inline constexpr std::int64_t min_session_duration_s = 3'600;
inline constexpr std::int64_t max_session_duration_s = 43'200;

inline constexpr std::int64_t default_page_items = 100;
inline constexpr std::int64_t max_page_items = 1'000;

// Of a request's text. The quotas below count without white space.
inline constexpr std::size_t max_document_length = 131'072;
inline constexpr std::size_t max_trust_policy_size = 2'048;
inline constexpr std::size_t max_managed_policy_size = 6'144;
inline constexpr std::size_t max_inline_policies_size = 10'240;  // of one role, altogether

inline constexpr std::size_t max_attached_policies = 10;  // of one role
inline constexpr std::size_t max_policy_versions = 5;
inline constexpr std::size_t max_roles = 1'000;
inline constexpr std::size_t max_cached_roles = 1'000;  // then all are read anew
inline constexpr std::size_t max_policies = 1'500;

}  // namespace votemu::iam::limits
