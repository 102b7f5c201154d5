// Bounds of templates and stacks.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
#pragma once

#include <cstddef>

namespace votemu::cloudformation::limits {

inline constexpr std::size_t max_template_bytes = 1'000'000;
inline constexpr std::size_t max_template_body_bytes = 51'200;
inline constexpr std::size_t max_resources = 500;
inline constexpr std::size_t max_parameters = 200;
inline constexpr std::size_t max_outputs = 200;
inline constexpr std::size_t max_mappings = 200;
inline constexpr std::size_t max_parameter_value_bytes = 4'096;
inline constexpr std::size_t max_logical_id_length = 255;
inline constexpr std::size_t max_stack_name_length = 128;  // of a change set's name too
inline constexpr std::size_t max_client_token_length = 128;
inline constexpr std::size_t max_tags = 50;
inline constexpr std::size_t max_stack_policy_bytes = 16'384;
inline constexpr std::size_t max_stacks = 2'000;

// The rest is votemu's own: AWS documents no number.
inline constexpr std::size_t max_template_depth = 64;
inline constexpr std::size_t max_conditions = 500;
// What the intrinsic functions of one evaluation may produce: a small template could otherwise make
// gigabytes by repeating references.
inline constexpr std::size_t max_evaluated_bytes = std::size_t{16} << 20;
inline constexpr std::size_t max_pattern_length = 1'024;
// Deleted stacks that are remembered, per account and region; AWS remembers them for 90 days.
inline constexpr std::size_t max_deleted_stacks = 50;
inline constexpr std::size_t max_events_per_stack = 2'000;
// An event of a resource with more says nothing of its properties.
inline constexpr std::size_t max_event_properties_bytes = 16'384;
// The oldest that cannot be executed make room.
inline constexpr std::size_t max_change_sets_per_stack = 50;
inline constexpr std::size_t page_size = 100;

}  // namespace votemu::cloudformation::limits
