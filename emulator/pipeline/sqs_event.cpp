#include "pipeline/sqs_event.h"

#include "core/json.h"

namespace votemu::pipeline {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view text) {
  out.append("\"").append(name).append("\":").append(core::json_quote(text)).append(",");
}

// In an event the members of an attribute begin in lower case and its lists are always there.
core::Json event_attributes(const core::Json& message_attributes) {
  core::Json attributes = core::Json::object();
  for (const auto& [name, attribute] : message_attributes.items()) {
    core::Json& out = attributes[name];
    out = {{"stringListValues", core::Json::array()},
           {"binaryListValues", core::Json::array()},
           {"dataType", attribute.value("DataType", "String")}};
    if (attribute.contains("StringValue")) out["stringValue"] = attribute["StringValue"];
    if (attribute.contains("BinaryValue")) out["binaryValue"] = attribute["BinaryValue"];
  }
  return attributes;
}

void append_record(std::string& out, const std::string& queue_arn, const std::string& region,
                   const sqs::ReceivedMessage& message) {
  out.append("{");
  append_member(out, "messageId", message.message_id);
  append_member(out, "receiptHandle", message.receipt_handle);
  append_member(out, "body", message.body);
  out.append("\"attributes\":{");
  for (const auto& [name, value] : message.attributes) append_member(out, name, value);
  if (out.back() == ',') out.pop_back();
  out.append("},\"messageAttributes\":");
  out.append(message.message_attributes.empty()
                 ? "{}"
                 : core::dump_json(event_attributes(message.message_attributes)));
  out.append(",");
  if (!message.md5_of_message_attributes.empty()) {
    append_member(out, "md5OfMessageAttributes", message.md5_of_message_attributes);
  }
  append_member(out, "md5OfBody", message.md5_of_body);
  append_member(out, "eventSource", "aws:sqs");
  append_member(out, "eventSourceARN", queue_arn);
  append_member(out, "awsRegion", region);
  out.back() = '}';
}

}  // namespace

std::string sqs_event(const std::string& queue_arn, const std::string& region,
                      std::span<const sqs::ReceivedMessage> messages) {
  std::string out = R"({"Records":[)";
  for (const auto& message : messages) {
    append_record(out, queue_arn, region, message);
    out.push_back(',');
  }
  out.back() = ']';
  out.push_back('}');
  return out;
}

}  // namespace votemu::pipeline
