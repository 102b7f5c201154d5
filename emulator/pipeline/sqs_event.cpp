#include "pipeline/sqs_event.h"

#include <utility>

#include "core/json.h"
#include "handlers/abi/json_text.h"

namespace votemu::pipeline {
namespace {

// What a record takes besides its body, roughly.
constexpr std::size_t envelope_bytes = 768;

// Of a text that needs no escapes: an id, a digest, a handle.
void append_plain(std::string& out, std::string_view name, std::string_view text) {
  out.append(name).append(text).push_back('"');
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

void append_attributes(std::string& out,
                       const decltype(sqs::ReceivedMessage::attributes)& attributes) {
  char before = '{';
  for (const auto& [name, value] : attributes) {
    out.push_back(std::exchange(before, ','));
    out.append("\"").append(name).append("\":");
    abi::append_quoted(out, value);
  }
  out.append(before == '{' ? "{}" : "}");
}

// All but the source, which is the same for all.
void append_record(std::string& out, const sqs::ReceivedMessage& message) {
  append_plain(out, R"({"messageId":")", message.message_id);
  append_plain(out, R"(,"receiptHandle":")", message.receipt_handle);
  abi::append_member(out, "body", message.body);
  out.append(R"(,"attributes":)");
  append_attributes(out, message.attributes);
  out.append(R"(,"messageAttributes":)");
  out.append(message.message_attributes.empty()
                 ? "{}"
                 : core::dump_json(event_attributes(message.message_attributes)));
  if (!message.md5_of_message_attributes.empty()) {
    append_plain(out, R"(,"md5OfMessageAttributes":")", message.md5_of_message_attributes);
  }
  append_plain(out, R"(,"md5OfBody":")", message.md5_of_body);
}

}  // namespace

std::string sqs_event(const std::string& queue_arn, const std::string& region,
                      std::span<const sqs::ReceivedMessage> messages) {
  std::string source = R"(,"eventSource":"aws:sqs")";
  abi::append_member(source, "eventSourceARN", queue_arn);
  abi::append_member(source, "awsRegion", region);
  source.append("},");

  std::size_t bytes = 0;
  for (const auto& message : messages) bytes += message.body.size() * 5 / 4 + envelope_bytes;
  std::string out;
  out.reserve(bytes);
  out.append(R"({"Records":[)");
  for (const auto& message : messages) {
    append_record(out, message);
    out.append(source);
  }
  out.back() = ']';
  out.push_back('}');
  return out;
}

}  // namespace votemu::pipeline
