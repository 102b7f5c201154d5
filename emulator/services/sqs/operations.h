// The operations as the API has them, one function each: decode and validate, then decide, then
// change. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Operations.html
#pragma once

#include "core/operation.h"
#include "handlers/abi/task.h"
#include "services/sqs/queues.h"

namespace votemu::sqs {

using core::Json;
using core::RequestContext;

Json create_queue(Queues& queues, const RequestContext& context, const Json& request);
Json delete_queue(Queues& queues, const RequestContext& context, const Json& request);
Json get_queue_url(Queues& queues, const RequestContext& context, const Json& request);
Json list_queues(Queues& queues, const RequestContext& context, const Json& request);
Json list_dead_letter_source_queues(Queues& queues, const RequestContext& context,
                                    const Json& request);
Json purge_queue(Queues& queues, const RequestContext& context, const Json& request);

Json get_queue_attributes(Queues& queues, const RequestContext& context, const Json& request);
Json set_queue_attributes(Queues& queues, const RequestContext& context, const Json& request);
Json add_permission(Queues& queues, const RequestContext& context, const Json& request);
Json remove_permission(Queues& queues, const RequestContext& context, const Json& request);

Json tag_queue(Queues& queues, const RequestContext& context, const Json& request);
Json untag_queue(Queues& queues, const RequestContext& context, const Json& request);
Json list_queue_tags(Queues& queues, const RequestContext& context, const Json& request);

Json send_message(Queues& queues, const RequestContext& context, const Json& request);
Json send_message_batch(Queues& queues, const RequestContext& context, const Json& request);

// To the answer's JSON text.
abi::Task<std::string> receive_message(Queues& queues, const RequestContext& context, Json request);

// From the request's JSON text to the answer's.
std::string delete_message(Queues& queues, const RequestContext& context, std::string_view json);
std::string delete_message_batch(Queues& queues, const RequestContext& context,
                                 std::string_view json);

Json change_message_visibility(Queues& queues, const RequestContext& context, const Json& request);
Json change_message_visibility_batch(Queues& queues, const RequestContext& context,
                                     const Json& request);

}  // namespace votemu::sqs
