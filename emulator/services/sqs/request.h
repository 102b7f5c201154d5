// What the requests of several operations have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/operation.h"
#include "services/sqs/queues.h"

namespace votemu::sqs {

// The request's text, nullptr when absent. Throws AwsError when it is something else.
const std::string* text_member(const core::Json& request, std::string_view name);
// A member that must be there and not empty. Throws AwsError.
const std::string& required_string(const core::Json& request, std::string_view name);
const core::Json& required_map(const core::Json& request, std::string_view name);
const core::Json& required_list(const core::Json& request, std::string_view name);

// Texts of a list or of a map; empty when absent. Throws AwsError when an element is no text.
std::vector<std::string> string_list(const core::Json& request, std::string_view name);
AttributeMap string_map(const core::Json* map);

// The queue that the request's QueueUrl names. Throws AwsError.
Queue& requested_queue(Queues& queues, const core::RequestContext& context,
                       const core::Json& request);

// Throw AwsError unless the value is in the range that AWS names in its text.
void check_delay(std::int64_t seconds);
void check_visibility_timeout(std::int64_t seconds);

// One page of queues as both listing operations answer: URLs under `member`, NextToken when there
// is more and the request asked for pages. `accepts` says which queues belong to the list.
struct Page {
  std::string after;  // name of the last queue of the page before
  std::int64_t size = 0;
  bool asked = false;
};
Page requested_page(const core::Json& request);
core::Json page_response(const Page& page, std::vector<Queue*> queues, std::string_view member,
                         const std::string& origin);

}  // namespace votemu::sqs
