#include "services/sqs/errors.h"

namespace votemu::sqs {

using core::AwsError;

AwsError queue_does_not_exist() {
  return AwsError("QueueDoesNotExist", "The specified queue does not exist.");
}

AwsError missing_parameter(std::string_view name) {
  return AwsError("MissingRequiredParameterException",
                  "The request must contain the parameter " + std::string(name) + ".");
}

AwsError invalid_parameter(const std::string& message) {
  return AwsError("InvalidParameterValueException", message);
}

AwsError invalid_value(std::string_view value, std::string_view parameter,
                       std::string_view reason) {
  return invalid_parameter("Value " + std::string(value) + " for parameter " +
                           std::string(parameter) + " is invalid. Reason: " + std::string(reason));
}

AwsError unknown_attribute(std::string_view name) {
  return invalid_attribute_name("Unknown Attribute " + std::string(name) + ".");
}

AwsError invalid_attribute_name(const std::string& message) {
  return AwsError("InvalidAttributeName", message);
}

AwsError invalid_attribute_value(std::string_view attribute, std::string_view reason) {
  std::string message = "Invalid value for the parameter " + std::string(attribute) + ".";
  if (!reason.empty()) message += " Reason: " + std::string(reason);
  return AwsError("InvalidAttributeValue", message);
}

AwsError invalid_message_contents() {
  return AwsError(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to "
      "#xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF");
}

AwsError message_too_long(std::int64_t limit) {
  return invalid_parameter(
      "One or more parameters are invalid. Reason: Message must be shorter than " +
      std::to_string(limit) + " bytes.");
}

AwsError invalid_receipt_handle(std::string_view handle) {
  return AwsError("ReceiptHandleIsInvalid", "The input receipt handle \"" + std::string(handle) +
                                                "\" is not a valid receipt handle.");
}

AwsError foreign_receipt_handle(std::string_view handle) {
  return AwsError("ReceiptHandleIsInvalid", "The receipt handle \"" + std::string(handle) +
                                                "\" is not valid for this queue.");
}

AwsError over_limit(const std::string& message) {
  return AwsError("OverLimit", message, 403);
}

core::Json failed_entry(const std::string& id, const AwsError& error) {
  std::string code = error.code();
  if (code == "InvalidParameterValueException") code = "InvalidParameterValue";
  if (code == "MissingRequiredParameterException") code = "MissingParameter";
  return {{"Id", id},
          {"SenderFault", error.http_status() < 500},
          {"Code", code},
          {"Message", error.message()}};
}

}  // namespace votemu::sqs
