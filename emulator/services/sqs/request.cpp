#include "services/sqs/request.h"

#include "core/members.h"
#include "handlers/abi/base64.h"
#include "services/sqs/errors.h"
#include "services/sqs/limits.h"

namespace votemu::sqs {

using core::Json;

const std::string* text_member(const Json& request, std::string_view name) {
  const Json* value = core::find_member(request, name);
  if (value && !value->is_string()) core::string_member(request, name);  // throws what AWS says
  return value ? value->get_ptr<const std::string*>() : nullptr;
}

const std::string& required_string(const Json& request, std::string_view name) {
  const std::string* value = text_member(request, name);
  if (!value || value->empty()) throw missing_parameter(name);
  return *value;
}

const Json& required_map(const Json& request, std::string_view name) {
  const Json* map = core::object_member(request, name);
  if (!map) throw missing_parameter(name);
  return *map;
}

const Json& required_list(const Json& request, std::string_view name) {
  const Json* list = core::array_member(request, name);
  if (!list) throw missing_parameter(name);
  return *list;
}

std::vector<std::string> string_list(const Json& request, std::string_view name) {
  std::vector<std::string> texts;
  const Json* list = core::array_member(request, name);
  if (!list) return texts;
  for (const auto& element : *list) {
    if (!element.is_string()) throw core::serialization_error("a list's element is not a String");
    texts.push_back(element.get<std::string>());
  }
  return texts;
}

AttributeMap string_map(const Json* map) {
  AttributeMap texts;
  if (!map) return texts;
  for (const auto& [name, value] : map->items()) {
    if (auto text = core::string_member(*map, name)) texts.emplace(name, std::move(*text));
  }
  return texts;
}

Queue& requested_queue(Queues& queues, const core::RequestContext& context, const Json& request) {
  return queues.get(context.scope, required_string(request, "QueueUrl"));
}

void check_delay(std::int64_t seconds) {
  if (seconds >= 0 && seconds <= limits::max_delay_s) return;
  throw invalid_value(std::to_string(seconds), "DelaySeconds",
                      "DelaySeconds must be >= 0 and <= 900.");
}

void check_visibility_timeout(std::int64_t seconds) {
  if (seconds >= 0 && seconds <= limits::max_visibility_timeout_s) return;
  throw invalid_value(std::to_string(seconds), "VisibilityTimeout", "Must be between 0 and 43200.");
}

Page requested_page(const Json& request) {
  Page page;
  const auto size = core::integer_member(request, "MaxResults");
  page.asked = size.has_value();
  page.size = size.value_or(limits::max_listed_queues);
  if (page.size < 1 || page.size > limits::max_listed_queues) {
    throw invalid_value(std::to_string(page.size), "MaxResults",
                        "MaxResults must be an integer between 1 and 1000.");
  }
  if (const auto token = core::string_member(request, "NextToken"); token && !token->empty()) {
    try {
      page.after = abi::base64_decode(*token);
    } catch (const core::AwsError&) {
      throw invalid_parameter("Invalid or expired next token.");
    }
  }
  return page;
}

Json page_response(const Page& page, std::vector<Queue*> queues, std::string_view member,
                   const std::string& origin) {
  const auto size = static_cast<std::size_t>(page.size);
  Json response = Json::object();
  if (queues.size() > size) {
    queues.resize(size);
    if (page.asked) response["NextToken"] = abi::base64_encode(queues.back()->id().name);
  }
  for (const Queue* queue : queues)
    response[std::string(member)].push_back(queue->id().url(origin));
  return response;
}

}  // namespace votemu::sqs
