#include "services/iot/operations.h"

#include <algorithm>
#include <array>

#include "core/aws_error.h"
#include "core/members.h"
#include "handlers/abi/base64.h"
#include "services/iot/limits.h"
#include "services/iot/retained_messages.h"

namespace votemu::iot {
namespace {

using core::AwsError;
using core::Json;
using core::RequestContext;
using mqtt::PropertyId;

AwsError invalid_request(const std::string& message) {
  return {"InvalidRequestException", message, 400};
}

std::string required_topic(const Json& request) {
  auto topic = core::string_member(request, "topic");
  if (!topic || topic->empty()) throw invalid_request("Topic is required.");
  return *std::move(topic);
}

// A list of objects, each with one name: [{"deviceName": "alpha"}, {"deviceCnt": "45"}], or its
// text.
void add_user_properties(const Json& request, mqtt::Properties& properties) {
  const Json* list = core::find_member(request, "userProperties");
  if (list == nullptr) return;
  const Json parsed =
      list->is_string() ? core::parse_json(list->get_ref<const std::string&>()) : *list;
  const AwsError malformed = invalid_request("UserProperties must be an array of JSON objects.");
  if (!parsed.is_array()) throw malformed;
  for (const Json& entry : parsed) {
    if (!entry.is_object()) throw malformed;
    for (const auto& [name, value] : entry.items()) {
      if (!value.is_string()) throw malformed;
      properties.add_user(name, value.get<std::string>());
    }
  }
}

void add_payload_format(const Json& request, mqtt::Properties& properties) {
  const auto format = core::string_member(request, "payloadFormatIndicator");
  if (!format) return;
  if (*format != "UTF8_DATA" && *format != "UNSPECIFIED_BYTES") {
    throw invalid_request("PayloadFormatIndicator must be UNSPECIFIED_BYTES or UTF8_DATA.");
  }
  properties.add(PropertyId::payload_format_indicator, *format == "UTF8_DATA" ? 1U : 0U);
}

mqtt::Properties properties_of(const Json& request) {
  mqtt::Properties properties;
  add_payload_format(request, properties);
  if (const auto expiry = core::integer_member(request, "messageExpiry")) {
    if (*expiry < 0 || *expiry > 0xFFFF'FFFF)
      throw invalid_request("MessageExpiry is out of range.");
    properties.add(PropertyId::message_expiry_interval, static_cast<std::uint32_t>(*expiry));
  }
  if (auto type = core::string_member(request, "contentType")) {
    properties.add(PropertyId::content_type, *std::move(type));
  }
  if (auto topic = core::string_member(request, "responseTopic")) {
    properties.add(PropertyId::response_topic, *std::move(topic));
  }
  if (const auto data = core::string_member(request, "correlationData")) {
    properties.add(PropertyId::correlation_data, abi::base64_decode(*data));
  }
  add_user_properties(request, properties);
  return properties;
}

Json publish(Broker& broker, const RequestContext& context, const Json& request) {
  PublishRequest publish;
  publish.topic = required_topic(request);
  publish.payload = core::string_member(request, "payload").value_or("");
  const std::int64_t qos = core::integer_member(request, "qos").value_or(0);
  if (qos != 0 && qos != 1) throw invalid_request("QoS must be 0 or 1.");
  publish.qos = static_cast<int>(qos);
  publish.retain = core::boolean_member(request, "retain").value_or(false);
  publish.properties = properties_of(request);
  broker.publish(context.scope, std::move(publish));
  return {{"message", "OK"}, {"traceId", context.request_id}};
}

// As Publish takes them: [{"deviceName": "alpha"}, {"deviceCnt": "45"}].
Json user_properties_of(const mqtt::Properties& properties) {
  Json list = Json::array();
  for (const auto& property : properties.all()) {
    const auto* user = std::get_if<mqtt::UserProperty>(&property.value);
    if (user != nullptr) list.push_back({{user->first, user->second}});
  }
  return list;
}

Json get_retained_message(const core::Runtime& runtime, const RequestContext& context,
                          const Json& request) {
  const std::string topic = required_topic(request);
  const RetainedMessages messages(runtime.store, context.scope);
  const auto found = messages.find(topic, runtime.clock.now_ms());
  if (!found) {
    throw AwsError("ResourceNotFoundException", "The specified resource does not exist.", 404);
  }
  Json response = {{"topic", topic},
                   {"payload", abi::base64_encode(found->message.payload)},
                   {"qos", found->message.qos},
                   {"lastModifiedTime", found->stored_ms}};
  const Json properties = user_properties_of(found->message.properties);
  if (!properties.empty()) {
    response["userProperties"] = abi::base64_encode(core::dump_json(properties));
  }
  return response;
}

// The token is the last topic of the page before.
std::string topic_of_token(const std::optional<std::string>& token) {
  if (!token) return {};
  try {
    return abi::base64_decode(*token);
  } catch (const AwsError&) {
    throw invalid_request("NextToken is invalid.");
  }
}

Json list_retained_messages(const core::Runtime& runtime, const RequestContext& context,
                            const Json& request) {
  const std::int64_t count =
      core::integer_member(request, "maxResults").value_or(limits::default_retained_page);
  if (count < 1 || count > limits::max_retained_page) {
    throw invalid_request("MaxResults must be between 1 and 200.");
  }
  const std::string after = topic_of_token(core::string_member(request, "nextToken"));
  const RetainedMessages messages(runtime.store, context.scope);
  const auto page_size = static_cast<std::size_t>(count);
  auto found = messages.list(after, page_size + 1, runtime.clock.now_ms());
  const bool has_more = found.size() > page_size;
  if (has_more) found.pop_back();

  Json topics = Json::array();
  for (const MessageRow& retained : found) {
    topics.push_back({{"topic", retained.message.topic},
                      {"payloadSize", retained.message.payload.size()},
                      {"qos", retained.message.qos},
                      {"lastModifiedTime", retained.stored_ms}});
  }
  Json response = {{"retainedTopics", std::move(topics)}};
  if (has_more) response["nextToken"] = abi::base64_encode(found.back().message.topic);
  return response;
}

// Every endpoint is the port on which the request came.
Json describe_endpoint(const RequestContext& context, const Json& request) {
  constexpr std::array<std::string_view, 4> known{"iot:Data", "iot:Data-ATS",
                                                  "iot:CredentialProvider", "iot:Jobs"};
  const std::string type = core::string_member(request, "endpointType").value_or("iot:Data");
  if (std::ranges::find(known, type) == known.end()) {
    throw invalid_request("Endpoint type " + type + " not recognized.");
  }
  return {{"endpointAddress", context.host}};
}

}  // namespace

core::OperationTable make_operations(Broker& broker, core::Runtime& runtime) {
  core::OperationTable table;
  table["Publish"] = [&broker](const RequestContext& context, const Json& request) {
    return publish(broker, context, request);
  };
  table["GetRetainedMessage"] = [&runtime](const RequestContext& context, const Json& request) {
    return get_retained_message(runtime, context, request);
  };
  table["ListRetainedMessages"] = [&runtime](const RequestContext& context, const Json& request) {
    return list_retained_messages(runtime, context, request);
  };
  table["DescribeEndpoint"] = [](const RequestContext& context, const Json& request) {
    return describe_endpoint(context, request);
  };
  return table;
}

}  // namespace votemu::iot
