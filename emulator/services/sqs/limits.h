// Every bound of the queue service.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html
#pragma once

#include <cstddef>
#include <cstdint>

namespace votemu::sqs::limits {

inline constexpr std::size_t max_queue_name_length = 80;
inline constexpr std::int64_t max_message_bytes = 1'048'576;
inline constexpr std::int64_t min_maximum_message_size = 1'024;
inline constexpr std::size_t max_batch_bytes = 1'048'576;
inline constexpr std::size_t max_batch_entries = 10;
inline constexpr std::size_t max_batch_entry_id_length = 80;
inline constexpr std::int64_t max_messages_per_receive = 10;
inline constexpr std::size_t max_in_flight = 120'000;

inline constexpr std::int64_t max_delay_s = 900;
inline constexpr std::int64_t max_visibility_timeout_s = 43'200;
inline constexpr std::int64_t max_wait_time_s = 20;
inline constexpr std::int64_t min_retention_s = 60;
inline constexpr std::int64_t max_retention_s = 1'209'600;
inline constexpr std::int64_t min_kms_reuse_s = 60;
inline constexpr std::int64_t max_kms_reuse_s = 86'400;
inline constexpr std::int64_t purge_interval_ms = 60'000;

inline constexpr std::int64_t max_receive_count = 1'000;
inline constexpr std::size_t max_source_queue_arns = 10;

inline constexpr std::size_t max_message_attributes = 10;
inline constexpr std::size_t max_attribute_name_length = 256;
inline constexpr std::size_t max_attribute_type_length = 256;
inline constexpr std::size_t max_token_length = 128;  // MessageGroupId

inline constexpr std::size_t max_tags = 50;
inline constexpr std::size_t max_tag_key_length = 128;
inline constexpr std::size_t max_tag_value_length = 256;
inline constexpr std::size_t max_permission_actions = 7;
inline constexpr std::size_t max_policy_statements = 20;

inline constexpr std::int64_t max_listed_queues = 1'000;

// Our own. Long polls that wait on one queue; one more is answered at once, as a short poll is.
inline constexpr std::size_t max_waiting_receives = 1'000;
// Messages that become visible or expire in one turn; the rest follow in the next turns.
inline constexpr std::size_t max_due_per_turn = 10'000;
// Messages that one receive moves to the dead-letter queue or finds expired; the next one goes on.
inline constexpr std::size_t max_passed_over_per_receive = 100;
// Waiting messages of a queue that a start counts one by one; the rest by their numbers.
inline constexpr std::size_t max_counted_at_start = 1'000;
// Waiting messages of a long queue that are read from the store at once.
inline constexpr std::size_t max_rows_read_ahead = 64;
inline constexpr std::size_t max_bytes_read_ahead = 262'144;
// Rows of purged and deleted queues that one turn erases.
inline constexpr std::size_t max_swept_per_turn = 2'000;

}  // namespace votemu::sqs::limits
