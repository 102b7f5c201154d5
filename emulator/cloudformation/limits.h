// Bounds of templates and stacks.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
#pragma once

#include <cstddef>

namespace votemu::cloudformation::limits {

inline constexpr std::size_t max_template_bytes = 1'000'000;
inline constexpr std::size_t max_resources = 500;
inline constexpr std::size_t max_parameters = 200;
inline constexpr std::size_t max_outputs = 200;
inline constexpr std::size_t max_mappings = 200;
inline constexpr std::size_t max_parameter_value_bytes = 4'096;
inline constexpr std::size_t max_logical_id_length = 255;
inline constexpr std::size_t max_stack_name_length = 128;

// The rest is votemu's own: AWS documents no number.
inline constexpr std::size_t max_template_depth = 64;
inline constexpr std::size_t max_conditions = 500;
// What the intrinsic functions of one evaluation may produce: a small template could otherwise make
// gigabytes by repeating references.
inline constexpr std::size_t max_evaluated_bytes = std::size_t{16} << 20;
inline constexpr std::size_t max_pattern_length = 1'024;

}  // namespace votemu::cloudformation::limits
